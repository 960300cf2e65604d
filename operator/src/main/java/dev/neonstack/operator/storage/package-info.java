/** What Neon's storage says of the timeline of a compute. */
package dev.neonstack.operator.storage;
