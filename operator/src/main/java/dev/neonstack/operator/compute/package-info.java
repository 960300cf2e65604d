/** Talking to compute_ctl in a pod. */
package dev.neonstack.operator.compute;
