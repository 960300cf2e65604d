/** Ports of this machine and the programs that hold them. */
package dev.neonstack.local.port;
