/** The HTTP side of the storage API: paths, bodies, statuses. */
package dev.neonstack.emulator.http;
