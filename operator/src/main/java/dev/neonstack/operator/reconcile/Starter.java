package dev.neonstack.operator.reconcile;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import dev.neonstack.controlplane.spec.ComputeKeys;
import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.model.ComputePod;
import dev.neonstack.operator.model.Labels;
import dev.neonstack.operator.model.PodSettings;
import dev.neonstack.operator.model.Start;
import dev.neonstack.operator.storage.Obstacle;
import dev.neonstack.operator.storage.Timelines;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes pods. */
final class Starter {
  private static final Logger LOG = LoggerFactory.getLogger(Starter.class);

  private final KubernetesClient client;
  private final PodSettings settings;
  private final Timelines timelines;
  private final Writers writers;
  private final Attachments attachments;
  private final ComputeKeys keys;

  Starter(
      KubernetesClient client,
      PodSettings settings,
      Timelines timelines,
      Writers writers,
      ComputeKeys keys) {
    this.client = client;
    this.settings = settings;
    this.timelines = timelines;
    this.writers = writers;
    this.attachments = new Attachments(client, settings);
    this.keys = keys;
  }

  /** Makes the pod, unless something stands against it. */
  Optional<Obstacle> start(NeonCompute compute) {
    var finding = timelines.find(compute.getSpec());
    if (finding.found().isEmpty()) {
      return finding.obstacle();
    }
    var version = finding.found().get().timeline().pgVersion();
    if (ComputePod.image(compute, settings, version) == null) {
      return Optional.of(
          Obstacle.lasting(
              "NoImage",
              "the timeline is one of PostgreSQL %d, for which the operator has no image (it has %s); set spec.image"
                  .formatted(version, settings.images().keySet().stream().sorted().toList())));
    }
    return writers.alone(compute, () -> create(compute, new Start(UUID.randomUUID(), version)));
  }

  /** The name decides: of two starts one makes the pod, and the other finds it. */
  private Optional<Obstacle> create(NeonCompute compute, Start start) {
    var pod = ComputePod.of(compute, settings, start);
    var there = client.resource(pod).get();
    if (there != null) {
      return Labels.isOf(compute, there) ? Optional.empty() : Optional.of(Attachments.taken(there));
    }
    var id = start.computeId(compute);
    attachments.startSecret(compute, keys.tokenOf(id));
    try {
      client.resource(pod).create();
      LOG.info(
          "Starting compute {} of timeline {} with {}",
          id,
          compute.getSpec().timelineId(),
          pod.getSpec().getContainers().get(0).getImage());
      return Optional.empty();
    } catch (KubernetesClientException e) {
      if (e.getCode() == HTTP_CONFLICT) {
        return Optional.of(
            Obstacle.passing("PodExists", "its pod was made by somebody else at this moment"));
      }
      return Optional.of(
          Obstacle.passing("PodRefused", "the API server refuses its pod: " + e.getMessage()));
    }
  }
}
