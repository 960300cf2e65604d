/** Servers that work like the real ones, in memory, and fail as they are told. */
package dev.neonstack.provider.fake;
