/** The Pulumi program: reads the configuration and picks the stack. */
package dev.neonstack.program;
