/** The settings of a stack as typed, immutable records, and the rules they keep. */
package dev.neonstack.stacks.config;
