package dev.neonstack.components.aws.services;

import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.Home;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stakater's Reloader, which restarts the proxy pod by pod when its certificate has been renewed,
 * since the proxy reads it only when it starts. It sees the Secrets of one namespace.
 */
public final class Reloader extends ComponentResource {
  /** Reloader 1.4.22, seen in use in October 2026. */
  static final Chart CHART =
      new Chart("reloader", "https://stakater.github.io/stakater-charts", "2.2.18");

  private static final String NAMESPACE = "reloader";

  private final Release release;

  /**
   * Declares Reloader.
   *
   * @param watched the namespace of the proxy
   */
  public Reloader(String name, Home watched, ComponentResourceOptions options) {
    super("neonstack:aws:Reloader", name, options);
    var home = Namespaces.restricted(this, name, NAMESPACE);
    this.release = Releases.of(this, name, CHART, home, values(watched), List.<Resource>of());
    registerOutputs(Map.of());
  }

  public Resource workload() {
    return release;
  }

  static Map<String, Object> values(Home watched) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put("watchGlobally", false);
    settings.put("namespaces", List.of(watched.namespace()));
    settings.put("autoReloadAll", false);
    settings.put("reloadStrategy", "annotations");
    settings.put("readOnlyRootFileSystem", true);
    settings.put(
        "deployment",
        Map.of(
            "containerSecurityContext",
                Map.of(
                    "allowPrivilegeEscalation",
                    false,
                    "capabilities",
                    Map.of("drop", List.of("ALL"))),
            "resources", Needs.of("10m", "256Mi")));
    return Map.of("reloader", settings);
  }
}
