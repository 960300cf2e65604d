/** What the properties of a resource must be, and what a change of each does. */
package dev.neonstack.provider.table;
