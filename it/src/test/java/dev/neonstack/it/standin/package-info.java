/**
 * What the stand-ins for Pulumi's plugins have in common: the engine's protocol, and a server in
 * this process.
 */
package dev.neonstack.it.standin;
