/** What was done, and what the services share to do it. */
package dev.neonstack.controlplane.operation;
