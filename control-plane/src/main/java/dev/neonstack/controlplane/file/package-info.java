/** The catalog of one machine: a file. */
package dev.neonstack.controlplane.file;
