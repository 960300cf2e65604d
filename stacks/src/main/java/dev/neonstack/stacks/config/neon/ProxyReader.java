package dev.neonstack.stacks.config.neon;

import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.ResourceNeeds;
import dev.neonstack.components.neon.proxy.Exposure;
import dev.neonstack.stacks.config.reading.Nearest;
import dev.neonstack.stacks.config.reading.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the proxy. */
public final class ProxyReader {
  public static final List<String> KEYS = keys();

  private static final int LEAST_NODE_PORT = 30_000;
  private static final int MOST_NODE_PORT = 32_767;

  private final PodReader pods;

  public ProxyReader(PodReader pods) {
    this.pods = pods;
  }

  public NeonConfig.Proxy read(Section section) {
    return new NeonConfig.Proxy(
        pods.proxy(section, ResourceNeeds.burstable("500m", "1Gi")),
        pods.valkey(ResourceNeeds.burstable("50m", "256Mi")),
        section.count("replicas", 2, 99, 2),
        exposure(section),
        section.required("tlsSecret", "the name of a Secret with tls.crt and tls.key", "none"));
  }

  private static Exposure exposure(Section section) {
    var word = section.text("exposure").orElse(Exposure.Kind.LOAD_BALANCER.word());
    var kind = Exposure.Kind.of(word);
    if (kind.isEmpty()) {
      section
          .problems()
          .wrong(
              section.path("exposure"),
              word,
              "one of " + String.join(", ", Exposure.Kind.words()),
              Nearest.hint(word, Exposure.Kind.words(), "Choose one."));
    }
    return new Exposure(
        kind.orElse(Exposure.Kind.CLUSTER_IP),
        section.count("port", 1, 65_535, Ports.PROXY),
        section.has("nodePort")
            ? Optional.of(
                section.count("nodePort", LEAST_NODE_PORT, MOST_NODE_PORT, LEAST_NODE_PORT))
            : Optional.empty(),
        section.text("loadBalancerClass"),
        section.texts("annotations"));
  }

  private static List<String> keys() {
    var keys = new ArrayList<>(PodReader.NEEDS);
    keys.addAll(
        List.of(
            "replicas",
            "tlsSecret",
            "exposure",
            "port",
            "nodePort",
            "loadBalancerClass",
            "annotations"));
    return List.copyOf(keys);
  }
}
