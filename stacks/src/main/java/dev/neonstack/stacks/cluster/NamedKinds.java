package dev.neonstack.stacks.cluster;

import dev.neonstack.kube.Cluster;
import dev.neonstack.stacks.config.corp.CorpConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Storage classes that are to be there, and kinds of objects that operators bring. */
final class NamedKinds {
  private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";

  private final CorpConfig config;
  private final Kubectl kubectl;

  /**
   * A kind of objects.
   *
   * @param key of the configuration that needs it
   * @param group with its version
   * @param expected who brings it
   * @param action what else can be done
   */
  private record Needed(String key, String group, String plural, String expected, String action) {
    private String definition() {
      return plural + "." + group.substring(0, group.indexOf('/'));
    }
  }

  NamedKinds(CorpConfig config, Kubectl kubectl) {
    this.config = config;
    this.kubectl = kubectl;
  }

  Stream<Question> questions() {
    var kinds =
        kinds().stream()
            .map(one -> new Question("get /apis/" + one.group(), cluster -> missing(cluster, one)));
    return classes().isEmpty()
        ? kinds
        : Stream.concat(
            Stream.of(new Question("list storageclasses", this::unknownClasses)), kinds);
  }

  private List<CorpConfig.ExistingClass> classes() {
    var classes = new ArrayList<>(config.existingClasses());
    config
        .bucket()
        .source()
        .claim()
        .map(claim -> claim.storageClass())
        .map(name -> new CorpConfig.ExistingClass("objectStore.claim.storageClass", name))
        .ifPresent(classes::add);
    return classes;
  }

  private List<String> unknownClasses(Cluster cluster) {
    var known =
        cluster.list(CLASSES, Map.of()).stream()
            .map(found -> found.path("metadata").path("name").asText())
            .toList();
    return classes().stream()
        .filter(wanted -> !known.contains(wanted.name()))
        .map(
            wanted ->
                "%s is '%s'; expected a StorageClass of the cluster, which has %s. See: %s"
                    .formatted(
                        wanted.key(),
                        wanted.name(),
                        known.isEmpty() ? "none" : String.join(", ", known),
                        kubectl.line("get storageclass")))
        .toList();
  }

  private List<Needed> kinds() {
    var kinds = new ArrayList<Needed>();
    if (config.neon().storage().controller().database().inside().isPresent()) {
      kinds.add(
          new Needed(
              "storage.controller.database",
              "postgresql.cnpg.io/v1",
              "clusters",
              "the operator CloudNativePG 1.25 or newer",
              "Install it, or give storage.controller.database.url."));
    }
    if (config.bucket().source().claim().isPresent()) {
      kinds.add(
          new Needed(
              "objectStore.claim",
              "objectbucket.io/v1alpha1",
              "objectbucketclaims",
              "the operator Rook",
              "Install it, or give objectStore.credentials."));
    }
    if (config.neon().monitoring().prometheus()) {
      kinds.add(prometheus("podmonitors"));
      kinds.add(prometheus("prometheusrules"));
    }
    return kinds;
  }

  private static Needed prometheus(String plural) {
    return new Needed(
        "monitoring.prometheus",
        "monitoring.coreos.com/v1",
        plural,
        "the Prometheus Operator",
        "Install it, or set monitoring.prometheus to false.");
  }

  private List<String> missing(Cluster cluster, Needed needed) {
    var known =
        cluster
            .find("/apis/" + needed.group())
            .map(group -> group.path("resources").findValuesAsText("name"))
            .orElse(List.of());
    return known.contains(needed.plural())
        ? List.of()
        : List.of(
            "%s needs %s %s, which the cluster does not know; expected %s. %s See: %s"
                .formatted(
                    needed.key(),
                    needed.plural(),
                    needed.group(),
                    needed.expected(),
                    needed.action(),
                    kubectl.line("get crd " + needed.definition())));
  }
}
