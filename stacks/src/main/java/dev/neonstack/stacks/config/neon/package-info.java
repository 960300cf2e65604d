/** What every Neon in a cluster has. */
package dev.neonstack.stacks.config.neon;
