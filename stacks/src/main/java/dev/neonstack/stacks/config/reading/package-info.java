/** Reads settings section by section, and gathers all that is wrong with them. */
package dev.neonstack.stacks.config.reading;
