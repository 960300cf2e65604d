/** The control plane: its settings and its start. */
package dev.neonstack.controlplane;
