/** What other servers of the cluster call: never exposed, each with tokens of its own. */
package dev.neonstack.controlplane.internal;
