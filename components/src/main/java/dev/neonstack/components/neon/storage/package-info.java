/** Neon's storage: broker, safekeepers, pageservers and their controller. */
package dev.neonstack.components.neon.storage;
