/** What is lost in storage and nobody else brings back. */
package dev.neonstack.controlplane.repair;
