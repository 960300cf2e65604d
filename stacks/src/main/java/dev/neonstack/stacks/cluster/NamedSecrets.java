package dev.neonstack.stacks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.storage.DatabaseAccess;
import dev.neonstack.kube.Cluster;
import dev.neonstack.kube.ProxyCertificate;
import dev.neonstack.stacks.config.corp.CorpConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Secrets that the configuration names, which somebody makes before the stack. */
final class NamedSecrets {
  private final CorpConfig config;
  private final Kubectl kubectl;

  /** Says what is wrong with what the entries hold. */
  private interface Content extends Function<UnaryOperator<String>, Optional<String>> {}

  /**
   * A Secret.
   *
   * @param key of the configuration
   * @param entries that it has to have
   * @param make how kubectl makes it
   * @param content what is wrong with the content of an entry
   */
  private record Needed(
      String key, String name, List<String> entries, String make, Content content) {
    private Needed(String key, String name, List<String> entries, String make) {
      this(key, name, entries, make, entry -> Optional.empty());
    }

    private Needed with(Content wanted) {
      return new Needed(key, name, entries, make, wanted);
    }

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
      return new Needed(key, name, List.of("tls.crt", "tls.key"), make)
          .with(entry -> certificate(entry.apply("tls.crt")));
    }

    private static Optional<String> certificate(String pem) {
      return ProxyCertificate.read(pem)
          .map(ProxyCertificate::unusable)
          .orElseGet(() -> Optional.of("has no certificate in tls.crt; expected one in PEM"))
          .map(problem -> problem + ". Have it issued anew");
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
        .ifPresent(access -> needed.addAll(database(access)));
    return needed;
  }

  private static List<Needed> database(DatabaseAccess access) {
    var key = "storage.controller.database.";
    var url =
        Needed.generic(key + "url", access.url())
            .with(
                entry ->
                    new DatabaseUrl(entry.apply(access.url().key()))
                        .problem(access.ca().isPresent()));
    return Stream.concat(
            Stream.of(url), access.ca().stream().map(entry -> Needed.file(key + "ca", entry)))
        .toList();
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
    var lacking =
        needed.entries().stream()
            .filter(entry -> data.path(entry).asText().isEmpty())
            .map(entry -> lacks(needed, entry, data))
            .toList();
    return lacking.isEmpty()
        ? needed.content().apply(entry -> decoded(data.path(entry).asText())).stream()
            .map(
                problem ->
                    "%s: the Secret '%s' %s.".formatted(needed.key(), needed.name(), problem))
            .toList()
        : lacking;
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
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
