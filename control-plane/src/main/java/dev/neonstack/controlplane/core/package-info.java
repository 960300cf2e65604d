/**
 * What the control plane knows and decides: projects, branches, endpoints, roles, databases and
 * operations, behind the ports {@code Catalog}, {@code Storage} and {@code ComputeRuntime}.
 */
package dev.neonstack.controlplane.core;
