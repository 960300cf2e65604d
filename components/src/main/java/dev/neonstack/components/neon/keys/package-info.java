/** Signing keys and tokens of Neon's storage. */
package dev.neonstack.components.neon.keys;
