/** What stands before the HTTP servers: who is let in, and how bodies are read. */
package dev.neonstack.web;
