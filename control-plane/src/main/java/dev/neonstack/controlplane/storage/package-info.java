/** Neon's storage API behind the port of the core. */
package dev.neonstack.controlplane.storage;
