/** The local process itself: emulator and control plane in one JVM. */
package dev.neonstack.local.serve;
