/**
 * The control plane without its REST: its services over their ports, and what it does by itself.
 */
package dev.neonstack.controlplane.core;
