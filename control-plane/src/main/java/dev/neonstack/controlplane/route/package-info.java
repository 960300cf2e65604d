/** Keeps the ways of running computes to storage as storage has them. */
package dev.neonstack.controlplane.route;
