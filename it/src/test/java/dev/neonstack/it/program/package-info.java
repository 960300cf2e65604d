/** The Pulumi program that tests run when the real one cannot reach what they test. */
package dev.neonstack.it.program;
