/** The client of Neon's storage API, in the words of a pageserver or of the storage controller. */
package dev.neonstack.neon.storage;
