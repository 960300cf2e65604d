/** What a person types: one class per command of the script, and what they look at. */
package dev.neonstack.cli;
