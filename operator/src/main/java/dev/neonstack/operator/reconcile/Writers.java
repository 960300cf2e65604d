package dev.neonstack.operator.reconcile;

import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.model.Labels;
import dev.neonstack.operator.storage.Obstacle;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who may write to a timeline: the compute that has a pod on it, else the one that was made first.
 * Two writers would lose no row, as safekeepers follow the newer one, but each would end the other.
 */
final class Writers {
  /** By what the cache of computes is asked. */
  static final String INDEX = "timeline";

  private static final Comparator<HasMetadata> ORDER =
      Comparator.<HasMetadata, String>comparing(o -> o.getMetadata().getCreationTimestamp())
          .thenComparing(o -> o.getMetadata().getUid());

  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final Map<String, Object> turns = new ConcurrentHashMap<>();

  Writers(KubernetesClient client, Set<String> namespaces) {
    this.client = client;
    this.namespaces = namespaces;
  }

  static String timeline(NeonCompute compute) {
    return compute.getSpec().tenantId() + "/" + compute.getSpec().timelineId();
  }

  /** The other compute that writes, when this one must not. */
  static Optional<Obstacle> older(NeonCompute compute, Stream<NeonCompute> onTheTimeline) {
    return onTheTimeline
        .filter(other -> !other.getMetadata().getUid().equals(compute.getMetadata().getUid()))
        .filter(other -> ORDER.compare(other, compute) < 0)
        .findFirst()
        .map(other -> another(compute, other));
  }

  /** Does it while nobody else looks for writers of the timeline, unless one has a pod already. */
  Optional<Obstacle> alone(NeonCompute compute, Supplier<Optional<Obstacle>> work) {
    synchronized (turns.computeIfAbsent(timeline(compute), timeline -> new Object())) {
      return pods(compute)
          .filter(pod -> !Labels.isOf(compute, pod) || !inNamespace(compute, pod))
          .findFirst()
          .map(pod -> another(compute, pod))
          .or(work);
    }
  }

  private static boolean inNamespace(NeonCompute compute, Pod pod) {
    return pod.getMetadata().getNamespace().equals(compute.getMetadata().getNamespace());
  }

  /** Asked of the API server itself, as what the cache has may be old. */
  private Stream<Pod> pods(NeonCompute compute) {
    var timeline = compute.getSpec().timelineId();
    return namespaces.isEmpty()
        ? client
            .pods()
            .inAnyNamespace()
            .withLabel(Labels.TIMELINE, timeline)
            .list()
            .getItems()
            .stream()
        : namespaces.stream()
            .flatMap(
                namespace ->
                    client
                        .pods()
                        .inNamespace(namespace)
                        .withLabel(Labels.TIMELINE, timeline)
                        .list()
                        .getItems()
                        .stream());
  }

  private static Obstacle another(NeonCompute compute, HasMetadata other) {
    return Obstacle.lasting(
        "AnotherPrimary",
        "timeline %s has a writer already, NeonCompute %s/%s, and can have one only; delete one of the two, or make a branch for this one"
            .formatted(
                compute.getSpec().timelineId(),
                other.getMetadata().getNamespace(),
                other.getMetadata().getName()));
  }
}
