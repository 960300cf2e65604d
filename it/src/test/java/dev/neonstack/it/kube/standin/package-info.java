/**
 * A stand-in for Pulumi's Kubernetes plugin, for tests: it applies for real, to the API server it
 * is given, but knows a small part of what the plugin knows. What it refuses, replaces and waits
 * for follows the plugin's rules.
 */
package dev.neonstack.it.kube.standin;
