/** The commands that change a stack: what they would do is shown, agreed to and then done. */
package dev.neonstack.cli.stack;
