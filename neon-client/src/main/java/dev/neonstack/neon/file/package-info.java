/** Files that one process at a time may use, and files that nobody but their owner may read. */
package dev.neonstack.neon.file;
