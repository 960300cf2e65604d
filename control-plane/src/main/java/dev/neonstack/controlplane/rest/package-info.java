/** The core over HTTP, in the shapes of Neon's public API. */
package dev.neonstack.controlplane.rest;
