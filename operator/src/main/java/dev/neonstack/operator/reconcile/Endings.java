package dev.neonstack.operator.reconcile;

import dev.neonstack.operator.compute.ComputeCtl;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends pods: Postgres first, so that its last WAL is with the safekeepers, then the pod. A step at
 * a time, each of which may be repeated; what was begun by a process that has ended is begun again.
 */
final class Endings {
  private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

  private final KubernetesClient client;
  private final ComputeCtl computes;
  private final Duration patience;
  private final Clock clock;
  private final Map<String, CompletableFuture<Void>> terminations = new ConcurrentHashMap<>();
  private final Set<String> forced = ConcurrentHashMap.newKeySet();

  /**
   * Ends pods.
   *
   * @param patience how long a pod that shall be gone may stay beyond the time it was given; then
   *     it is removed though no node has confirmed its end. Safekeepers take WAL of the newer
   *     writer only, so that no row is lost by one that still runs
   */
  Endings(KubernetesClient client, ComputeCtl computes, Duration patience, Clock clock) {
    this.client = client;
    this.computes = computes;
    this.patience = patience;
    this.clock = clock;
  }

  /** Whether the end of a pod has begun. */
  boolean hasBegun(PodLook pod) {
    return pod.deletion().isPresent() || terminations.containsKey(pod.uid());
  }

  /** Goes one step on. */
  void step(PodLook pod) {
    if (pod.deletion().isPresent()) {
      terminations.remove(pod.uid());
      if (isOverdue(pod) && forced.add(pod.uid())) {
        LOG.warn("Removing by force, as {}", pod.keeps());
        client.resource(pod.pod()).withGracePeriod(0).delete();
      }
    } else if (pod.hasEnded() || pod.address().isEmpty()) {
      remove(pod);
    } else {
      var termination = terminations.computeIfAbsent(pod.uid(), uid -> terminate(pod));
      if (termination.isDone()) {
        delete(pod.pod());
      }
    }
  }

  /** Ends a pod in which no Postgres runs. */
  void remove(PodLook pod) {
    terminations.put(pod.uid(), CompletableFuture.completedFuture(null));
    delete(pod.pod());
  }

  /** Whether a pod is still there though its time is over. */
  boolean isOverdue(PodLook pod) {
    return pod.deletion().filter(time -> clock.instant().isAfter(time.plus(patience))).isPresent();
  }

  private CompletableFuture<Void> terminate(PodLook pod) {
    LOG.info("Ending Postgres of compute {}", pod.computeId());
    return computes
        .terminate(pod.address().orElseThrow(), pod.computeId())
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.warn(
                    "Compute {} could not be asked to end, so its pod is: {}",
                    pod.computeId(),
                    failure.getMessage());
              }
            });
  }

  /** The pod's own end stops Postgres too, where it could not be asked to. */
  private void delete(Pod pod) {
    client.resource(pod).delete();
  }
}
