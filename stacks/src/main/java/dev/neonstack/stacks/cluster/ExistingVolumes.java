package dev.neonstack.stacks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.components.neon.kube.ControllerDatabaseNames;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import dev.neonstack.kube.Cluster;
import dev.neonstack.stacks.config.corp.CorpConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether volumes that are there already are as the configuration says: no StatefulSet lets those
 * of its pods be changed, no volume shrinks, and what stands in a claim is not looked at again.
 */
final class ExistingVolumes {
  private static final String GUIDE = "docs/corp.md, 'Another volume', has the steps.";

  private final CorpConfig config;
  private final Kubectl kubectl;

  /**
   * Pods with a volume each.
   *
   * @param key of the configuration
   */
  private record Pods(String key, String set, int replicas, VolumeNeeds volume) {
    private Pods(String key, Role role, int replicas, VolumeNeeds volume) {
      this(key, role.word(), replicas, volume);
    }

    private List<String> claims() {
      return IntStream.range(0, replicas).mapToObj(i -> "data-" + set + "-" + i).toList();
    }
  }

  ExistingVolumes(CorpConfig config, Kubectl kubectl) {
    this.config = config;
    this.kubectl = kubectl;
  }

  Stream<Question> questions() {
    var storage = config.neon().storage();
    var pageservers = storage.pageservers();
    var safekeepers = storage.safekeepers();
    var sets =
        Stream.of(
                new Pods(
                    "storage.pageservers",
                    Role.PAGESERVER,
                    pageservers.replicas(),
                    pageservers.volume()),
                new Pods(
                    "storage.safekeepers",
                    Role.SAFEKEEPER,
                    safekeepers.replicas(),
                    safekeepers.volume()))
            .map(
                pods ->
                    new Question(
                        right("statefulsets and persistentvolumeclaims"),
                        cluster -> problems(cluster, pods)));
    var database =
        storage.controller().database().inside().stream()
            .map(
                inside ->
                    new Pods(
                        "storage.controller.database",
                        ControllerDatabaseNames.CLUSTER,
                        inside.instances(),
                        inside.volume()))
            .map(
                pods ->
                    new Question(
                        right("clusters.postgresql.cnpg.io"), cluster -> database(cluster, pods)));
    return Stream.concat(sets, database);
  }

  private String right(String plural) {
    return "get " + plural + " in namespace '" + namespace() + "'";
  }

  private String namespace() {
    return config.neon().namespace().name();
  }

  private List<String> problems(Cluster cluster, Pods pods) {
    var path = "/apis/apps/v1/namespaces/%s/statefulsets/%s".formatted(namespace(), pods.set());
    return cluster
        .find(path)
        .map(set -> set.path("spec").path("volumeClaimTemplates").path(0).path("spec"))
        .map(claim -> ofSet(pods, claim))
        .orElseGet(() -> claims(cluster, pods));
  }

  private List<String> ofSet(Pods pods, JsonNode claim) {
    var whose = "the StatefulSet '" + pods.set() + "'";
    var size = Size.of(claim);
    var problems = new ArrayList<String>();
    if (size.isLessThan(pods.volume())) {
      problems.add(
          "%s.volumeGiB is '%d'; expected %s, which %s has: Kubernetes does not let it be changed. Enlarge the claims, then let a new StatefulSet take over the running pods: %s && %s && ./neonstack refresh. %s"
              .formatted(
                  pods.key(),
                  pods.volume().sizeGiB(),
                  size.text(),
                  whose,
                  enlarge(pods.claims(), pods.volume()),
                  kubectl.inNamespace("delete statefulset " + pods.set() + " --cascade=orphan"),
                  GUIDE));
    }
    if (size.isMoreThan(pods.volume())) {
      problems.add(shrinks(pods, size, whose));
    }
    another(pods, claim.path("storageClassName"), whose).forEach(problems::add);
    return problems;
  }

  private static Stream<String> another(Pods pods, JsonNode storageClass, String whose) {
    var wanted = pods.volume().storageClass();
    return !storageClass.isTextual() || storageClass.asText().equals(wanted)
        ? Stream.empty()
        : Stream.of(
            "%s.storageClass is '%s'; expected '%s', which %s has: a volume stays in its class. %s"
                .formatted(pods.key(), wanted, storageClass.asText(), whose, GUIDE));
  }

  private static String shrinks(Pods pods, Size size, String whose) {
    return "%s.volumeGiB is '%d'; expected %s, which %s has: volumes do not shrink. Write it so, or see %s"
        .formatted(pods.key(), pods.volume().sizeGiB(), size.text(), whose, GUIDE);
  }

  private String enlarge(List<String> claims, VolumeNeeds volume) {
    var patch =
        "patch pvc %s -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"%dGi\"}}}}'";
    return claims.stream()
        .map(claim -> kubectl.inNamespace(patch.formatted(claim, volume.sizeGiB())))
        .collect(Collectors.joining(" && "));
  }

  /** Claims without their StatefulSet, which a new one takes over as they are. */
  private List<String> claims(Cluster cluster, Pods pods) {
    var small = new ArrayList<String>();
    for (var name : pods.claims()) {
      var path = "/api/v1/namespaces/%s/persistentvolumeclaims/%s".formatted(namespace(), name);
      cluster
          .find(path)
          .filter(claim -> Size.of(claim.path("spec")).isLessThan(pods.volume()))
          .ifPresent(claim -> small.add(name));
    }
    return small.isEmpty()
        ? List.of()
        : List.of(
            "%s.volumeGiB is '%d'; expected no more than the claims %s ask for, which a new StatefulSet takes over as they are. Enlarge them: %s"
                .formatted(
                    pods.key(),
                    pods.volume().sizeGiB(),
                    String.join(", ", small),
                    enlarge(small, pods.volume())));
  }

  /** The operator enlarges volumes by itself. */
  private List<String> database(Cluster cluster, Pods pods) {
    var path =
        "/apis/postgresql.cnpg.io/v1/namespaces/%s/clusters/%s".formatted(namespace(), pods.set());
    var problems = new ArrayList<String>();
    for (var found : cluster.find(path).stream().toList()) {
      var storage = found.path("spec").path("storage");
      var size = new Size(storage.path("size").asText());
      if (size.isMoreThan(pods.volume())) {
        problems.add(shrinks(pods, size, "the Cluster '" + pods.set() + "'"));
      }
      another(pods, storage.path("storageClass"), "the Cluster '" + pods.set() + "'")
          .forEach(problems::add);
    }
    return problems;
  }

  /** A size as Kubernetes writes it; one in other units than this stack's is nobody's problem. */
  private record Size(String text) {
    private static final String GIB = "Gi";

    private static Size of(JsonNode claim) {
      return new Size(claim.path("resources").path("requests").path("storage").asText());
    }

    private boolean isLessThan(VolumeNeeds wanted) {
      return isGiB() && gib() < wanted.sizeGiB();
    }

    private boolean isMoreThan(VolumeNeeds wanted) {
      return isGiB() && gib() > wanted.sizeGiB();
    }

    private boolean isGiB() {
      return text.matches("\\d{1,9}" + GIB);
    }

    private int gib() {
      return Integer.parseInt(text.substring(0, text.length() - GIB.length()));
    }
  }
}
