package dev.neonstack.components.aws.services;

import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operator CloudNativePG, which looks after the Postgres of the storage controller. When it is
 * removed, its definitions stay, and with them every Postgres.
 */
public final class CloudNativePg extends ComponentResource {
  /** The namespace it runs in, which the network policies of its clusters have to let in. */
  public static final String NAMESPACE = "cnpg-system";

  /** Operator 1.30.1, released on 2026-09-23. */
  static final Chart CHART =
      new Chart("cloudnative-pg", "https://cloudnative-pg.github.io/charts", "0.29.1");

  private final Release release;

  /** Declares the operator. */
  public CloudNativePg(String name, ComponentResourceOptions options) {
    super("neonstack:aws:CloudNativePg", name, options);
    var home = Namespaces.restricted(this, name, NAMESPACE);
    this.release = Releases.of(this, name, CHART, home, values(), List.<Resource>of());
    registerOutputs(Map.of());
  }

  /** What has to be there before a Postgres is asked for. */
  public Resource workload() {
    return release;
  }

  static Map<String, Object> values() {
    var values = new LinkedHashMap<String, Object>();
    values.put("replicaCount", 2);
    values.put("priorityClassName", Namespaces.CRITICAL);
    values.put("resources", Needs.of("100m", "256Mi"));
    values.put("crds", Map.of("create", true));
    return values;
  }
}
