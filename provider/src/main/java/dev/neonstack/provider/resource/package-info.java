/** One handler per resource and function; none knows how the engine is spoken to. */
package dev.neonstack.provider.resource;
