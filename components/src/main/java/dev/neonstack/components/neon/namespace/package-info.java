/** The namespace of Neon and its ground rules: pod security, network and priorities. */
package dev.neonstack.components.neon.namespace;
