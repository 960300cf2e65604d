/** The control plane's server in the cluster. */
package dev.neonstack.components.neon.controlplane;
