/** Signing keys and tokens of Neon's storage: Ed25519 and JWT. */
package dev.neonstack.neon.auth;
