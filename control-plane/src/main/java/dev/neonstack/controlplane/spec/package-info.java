/**
 * What computes are told: the specification that compute_ctl asks for at its start, the tokens by
 * which computes and storage know each other, and the server that answers computes.
 */
package dev.neonstack.controlplane.spec;
