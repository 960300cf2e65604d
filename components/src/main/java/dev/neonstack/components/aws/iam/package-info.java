/** Who may do what on AWS: policies, and roles that service accounts of Kubernetes assume. */
package dev.neonstack.components.aws.iam;
