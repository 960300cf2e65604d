package dev.neonstack.stacks.cluster;

import dev.neonstack.components.neon.namespace.Outside;
import dev.neonstack.kube.Cluster;
import dev.neonstack.stacks.config.corp.CorpConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Namespaces that network policies open to, which shut everything when they name none. */
final class NamedNamespaces {
  private final CorpConfig config;
  private final Kubectl kubectl;

  NamedNamespaces(CorpConfig config, Kubectl kubectl) {
    this.config = config;
    this.kubectl = kubectl;
  }

  Stream<Question> questions() {
    return named().entrySet().stream()
        .map(
            one ->
                new Question(
                    "get namespaces",
                    cluster -> missing(cluster, one.getKey(), one.getValue()).stream().toList()));
  }

  /** Each namespace with the key that names it. */
  private Map<String, String> named() {
    var network = config.neon().network();
    var named = new LinkedHashMap<String, String>();
    network.prometheus().ifPresent(name -> named.put(name, "network.prometheus"));
    if (config.neon().storage().controller().database().inside().isPresent()) {
      named.put(network.databaseOperator(), "network.databaseOperator");
    }
    network.objectStore().forEach(outside -> put(named, "network.objectStore", outside));
    put(named, "network.apiServer", network.apiServer());
    put(named, "network.dns", network.dns());
    network.database().ifPresent(outside -> put(named, "network.database", outside));
    return named;
  }

  private static void put(Map<String, String> named, String key, Outside outside) {
    outside.namespaces().forEach(name -> named.put(name, key + ".namespaces"));
  }

  private Optional<String> missing(Cluster cluster, String name, String key) {
    return cluster.find("/api/v1/namespaces/" + name).isPresent()
        ? Optional.empty()
        : Optional.of(
            "%s is '%s', which the cluster does not have; expected the namespace of those that pods are to talk to, as nothing else is let through. See: %s"
                .formatted(key, name, kubectl.line("get namespaces")));
  }
}
