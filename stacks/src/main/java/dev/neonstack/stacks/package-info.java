/** One class per target: wires components, owns the names of resources and exports. */
package dev.neonstack.stacks;
