/** The network of a cluster on AWS. */
package dev.neonstack.components.aws.network;
