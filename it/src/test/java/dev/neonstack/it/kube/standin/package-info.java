/**
 * A stand-in for Pulumi's Kubernetes plugin, for tests: it applies for real, to the API server it
 * is given, but knows a small part of what the plugin knows. What it refuses, replaces and waits
 * for follows the plugin's rules. A chart is never fetched: what it would bring has to be in the
 * test cluster already.
 */
package dev.neonstack.it.kube.standin;
