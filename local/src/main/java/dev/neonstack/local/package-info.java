/** The local process and the commands around it. */
package dev.neonstack.local;
