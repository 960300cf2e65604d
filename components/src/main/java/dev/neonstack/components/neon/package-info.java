/** Components that declare Neon projects with everything in them, whatever the target is. */
package dev.neonstack.components.neon;
