package dev.neonstack.components.neon.kube;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;

/**
 * The namespace objects go to.
 *
 * @param name as it is declared, for host names
 * @param namespace the same once it exists, so that what uses it is made after it
 */
public record Home(String name, Output<String> namespace) {
  public Home {
    requireNonNull(name, "name is null");
    requireNonNull(namespace, "namespace is null");
  }

  /** The host name of a Service. */
  public String host(String service) {
    return "%s.%s.svc".formatted(service, name);
  }
}
