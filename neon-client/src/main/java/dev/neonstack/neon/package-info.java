/** Ids and records of Neon's storage API, with nothing that talks to a network. */
package dev.neonstack.neon;
