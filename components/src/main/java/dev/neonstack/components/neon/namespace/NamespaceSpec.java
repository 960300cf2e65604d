package dev.neonstack.components.neon.namespace;

import static java.util.Objects.requireNonNull;

/**
 * A namespace to have.
 *
 * @param name unique in the cluster
 * @param network what its policies have to know
 * @param protectedData whether Pulumi refuses to remove it
 */
public record NamespaceSpec(String name, NetworkSettings network, boolean protectedData) {
  public NamespaceSpec {
    requireNonNull(name, "name is null");
    requireNonNull(network, "network is null");
  }
}
