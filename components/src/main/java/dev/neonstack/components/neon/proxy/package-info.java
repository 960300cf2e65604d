/** The way in from outside: Neon's proxy and what its replicas share. */
package dev.neonstack.components.neon.proxy;
