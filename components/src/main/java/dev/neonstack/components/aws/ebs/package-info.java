/** Volumes of Amazon EBS for pods. */
package dev.neonstack.components.aws.ebs;
