/** Runs the control plane's endpoints as PostgreSQL servers of this machine. */
package dev.neonstack.local.compute;
