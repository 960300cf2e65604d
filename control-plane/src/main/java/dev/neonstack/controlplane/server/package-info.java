/** The control plane as a server of its own, in front of the storage of a cluster. */
package dev.neonstack.controlplane.server;
