/** Neon in a cluster of your own. */
package dev.neonstack.stacks.config.corp;
