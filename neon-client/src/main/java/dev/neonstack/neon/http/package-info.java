/** What the clients of storage and of the control plane share: HTTP with its own CA, and JSON. */
package dev.neonstack.neon.http;
