/** Runs the product as its users do, and breaks what it stands on. */
package dev.neonstack.it.harness;
