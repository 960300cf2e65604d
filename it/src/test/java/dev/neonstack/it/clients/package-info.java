/**
 * Other people's clients against the control plane, and its answers against the published schema.
 */
package dev.neonstack.it.clients;
