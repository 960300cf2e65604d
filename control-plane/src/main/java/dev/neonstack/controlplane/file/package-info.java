/** The catalog file of earlier versions, which is read once and kept. */
package dev.neonstack.controlplane.file;
