package dev.neonstack.stacks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.kube.Cluster;
import dev.neonstack.stacks.config.CorpConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Secrets that the configuration names, which somebody makes before the stack. */
final class NamedSecrets {
  private final CorpConfig config;
  private final Kubectl kubectl;

  /**
   * A Secret.
   *
   * @param key of the configuration
   * @param entries that it has to have
   * @param make how kubectl makes it
   */
  private record Needed(String key, String name, List<String> entries, String make) {
    private static Needed generic(String key, SecretEntry... entries) {
      var names = Stream.of(entries).map(SecretEntry::key).distinct().toList();
      var values = names.stream().map(name -> " --from-literal=" + name + "=…");
      var secret = entries[0].secret();
      return new Needed(
          key, secret, names, "generic " + secret + values.collect(Collectors.joining()));
    }

    private static Needed file(String key, SecretEntry entry) {
      var make = "generic " + entry.secret() + " --from-file=" + entry.key() + "=FILE";
      return new Needed(key, entry.secret(), List.of(entry.key()), make);
    }

    private static Needed certificate(String key, String name) {
      var make = "tls " + name + " --cert=FILE --key=FILE";
      return new Needed(key, name, List.of("tls.crt", "tls.key"), make);
    }

    private static Needed registry(String key, String name) {
      var make =
          "docker-registry " + name + " --docker-server=… --docker-username=… --docker-password=…";
      return new Needed(key, name, List.of(".dockerconfigjson"), make);
    }
  }

  NamedSecrets(CorpConfig config, Kubectl kubectl) {
    this.config = config;
    this.kubectl = kubectl;
  }

  Stream<Question> questions() {
    var right = "get secrets in namespace '" + namespace() + "'";
    var needed = needed();
    var secrets =
        needed.stream().map(one -> new Question(right, cluster -> problems(cluster, one)));
    return needed.isEmpty()
        ? Stream.empty()
        : Stream.concat(Stream.of(new Question("get namespaces", this::noNamespace)), secrets);
  }

  private List<Needed> needed() {
    var needed = new ArrayList<Needed>();
    config
        .bucket()
        .source()
        .existing()
        .ifPresent(
            keys ->
                needed.add(
                    Needed.generic("objectStore.credentials", keys.accessKey(), keys.secretKey())));
    config.bucket().ca().ifPresent(entry -> needed.add(Needed.file("objectStore.ca", entry)));
    config
        .neon()
        .storage()
        .broker()
        .pullSecrets()
        .forEach(name -> needed.add(Needed.registry("images.pullSecrets", name)));
    config
        .neon()
        .proxy()
        .ifPresent(proxy -> needed.add(Needed.certificate("proxy.tlsSecret", proxy.tlsSecret())));
    config
        .neon()
        .storage()
        .controller()
        .database()
        .outside()
        .ifPresent(url -> needed.add(Needed.generic("storage.controller.database.url", url)));
    return needed;
  }

  private List<String> noNamespace(Cluster cluster) {
    return cluster.find("/api/v1/namespaces/" + namespace()).isPresent()
        ? List.of()
        : List.of(
            "cluster.namespace is '%s', which is not there yet; expected a namespace with the Secrets that this configuration names. Run: %s"
                .formatted(namespace(), kubectl.line("create namespace " + namespace())));
  }

  private List<String> problems(Cluster cluster, Needed needed) {
    var found = cluster.find("/api/v1/namespaces/" + namespace() + "/secrets/" + needed.name());
    if (found.isEmpty()) {
      return List.of(
          "%s names the Secret '%s', which is not in namespace '%s'; expected one with %s. Run: %s"
              .formatted(
                  needed.key(),
                  needed.name(),
                  namespace(),
                  String.join(" and ", needed.entries()),
                  kubectl.inNamespace("create secret " + needed.make())));
    }
    var data = found.get().path("data");
    return needed.entries().stream()
        .filter(entry -> data.path(entry).asText().isEmpty())
        .map(entry -> lacks(needed, entry, data))
        .toList();
  }

  private String lacks(Needed needed, String entry, JsonNode data) {
    var has = new ArrayList<String>();
    data.fieldNames().forEachRemaining(has::add);
    var patch = "patch secret %s -p '{\"stringData\":{\"%s\":\"…\"}}'";
    return "%s names the Secret '%s', whose entries are %s; expected %s among them. Add it: %s"
        .formatted(
            needed.key(),
            needed.name(),
            has.isEmpty() ? "none" : String.join(", ", has),
            entry,
            kubectl.inNamespace(patch.formatted(needed.name(), entry)));
  }

  private String namespace() {
    return config.neon().namespace().name();
  }
}
