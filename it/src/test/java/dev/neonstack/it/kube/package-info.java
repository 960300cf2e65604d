/** A real Kubernetes API server with simulated nodes, and tests of what stacks do to it. */
package dev.neonstack.it.kube;
