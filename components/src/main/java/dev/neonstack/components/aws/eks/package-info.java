/**
 * EKS: the cluster, its nodes and its add-ons. The components of pulumi-eks are bound by hand,
 * because its class library for Java ends years before its plugin.
 */
package dev.neonstack.components.aws.eks;
