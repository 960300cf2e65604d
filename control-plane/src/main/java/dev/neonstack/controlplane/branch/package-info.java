/** Branches. */
package dev.neonstack.controlplane.branch;
