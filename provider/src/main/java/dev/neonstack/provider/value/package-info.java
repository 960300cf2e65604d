/** Values as the engine sends them, free of its wire format. */
package dev.neonstack.provider.value;
