/** Endpoints. */
package dev.neonstack.controlplane.endpoint;
