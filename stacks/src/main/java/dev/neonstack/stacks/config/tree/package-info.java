/** Projects, branches and their endpoints. */
package dev.neonstack.stacks.config.tree;
