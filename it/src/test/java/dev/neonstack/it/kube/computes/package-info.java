/** Computes on the test cluster: the kind {@code NeonCompute} and what becomes of its objects. */
package dev.neonstack.it.kube.computes;
