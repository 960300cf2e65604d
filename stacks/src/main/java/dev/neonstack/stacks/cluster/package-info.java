/** What the configuration takes for granted in a cluster, and whether it is there. */
package dev.neonstack.stacks.cluster;
