/** What is refused: problems with a message for the user, and the rules for names. */
package dev.neonstack.controlplane.problem;
