/** The Pulumi provider: the engine's calls on one side, handlers of resources on the other. */
package dev.neonstack.provider;
