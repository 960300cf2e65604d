/** Roles and databases. */
package dev.neonstack.controlplane.account;
