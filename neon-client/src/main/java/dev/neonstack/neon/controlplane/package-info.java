/**
 * Records and the client of neonstack's control plane: registration of projects and branches, and
 * the endpoints, roles and databases of the API shaped like Neon's public one.
 */
package dev.neonstack.neon.controlplane;
