/** Projects. */
package dev.neonstack.controlplane.project;
