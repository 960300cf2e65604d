/** What is, what shall be, and at most one step from the one to the other. */
package dev.neonstack.operator.reconcile;
