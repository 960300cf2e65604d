/** What the control plane asks of others: storage, and a runtime for computes. */
package dev.neonstack.controlplane.port;
