/**
 * Finds, starts and stops the local process: the one JVM that holds the emulator and the control
 * plane of this machine.
 */
package dev.neonstack.local.client;
