/** Brings the computes that run to what the catalog says. */
package dev.neonstack.controlplane.compute;
