package dev.neonstack.operator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.controlplane.spec.ComputeKeys;
import dev.neonstack.controlplane.spec.PrimaryCompute;
import dev.neonstack.controlplane.spec.SpecDocument;
import dev.neonstack.controlplane.spec.SpecSource;
import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.api.NeonComputeSpec;
import dev.neonstack.operator.model.Attached;
import dev.neonstack.operator.model.Labels;
import dev.neonstack.operator.model.PodSettings;
import dev.neonstack.operator.model.Sizes;
import dev.neonstack.operator.storage.Finding;
import dev.neonstack.operator.storage.Timelines;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Tells each compute what it is, from its object, its Secret and what storage says at this moment.
 * A compute is known for as long as its pod is there and nobody ends it.
 */
public final class NeonComputeSpecs implements SpecSource {
  private static final int USUAL_TIMEOUT = 300;
  private static final int NEVER = -1;

  private final KubernetesClient client;
  private final Set<String> namespaces;
  private final PodSettings settings;
  private final Timelines timelines;
  private final ComputeKeys keys;

  public NeonComputeSpecs(NeonComputeReconciler.Surroundings with) {
    this.client = with.client();
    this.namespaces = with.namespaces();
    this.settings = with.settings();
    this.timelines = with.timelines();
    this.keys = with.keys();
  }

  @Override
  public Optional<ObjectNode> answer(String computeId) {
    try {
      return pods(computeId)
          .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
          .findFirst()
          .flatMap(this::answer);
    } catch (KubernetesClientException e) {
      throw Problem.unavailable("the API server does not answer: " + e.getMessage(), e);
    }
  }

  private Stream<Pod> pods(String computeId) {
    var labels = Map.of(Labels.MANAGED_BY, Labels.OPERATOR, Labels.COMPUTE_ID, computeId);
    return namespaces.isEmpty()
        ? client.pods().inAnyNamespace().withLabels(labels).list().getItems().stream()
        : namespaces.stream()
            .flatMap(
                namespace ->
                    client
                        .pods()
                        .inNamespace(namespace)
                        .withLabels(labels)
                        .list()
                        .getItems()
                        .stream());
  }

  private Optional<ObjectNode> answer(Pod pod) {
    var namespace = pod.getMetadata().getNamespace();
    var name = pod.getMetadata().getName();
    var compute = client.resources(NeonCompute.class).inNamespace(namespace).withName(name).get();
    var login = client.secrets().inNamespace(namespace).withName(name).get();
    if (compute == null || login == null) {
      return Optional.empty();
    }
    var verifier = Attached.value(login, Attached.VERIFIER);
    if (verifier.isEmpty()) {
      throw Problem.unavailable(
          "Secret %s/%s has no verifier yet".formatted(namespace, name), null);
    }
    var finding = timelines.find(compute.getSpec());
    if (finding.found().isEmpty()) {
      throw Problem.unavailable(finding.obstacle().orElseThrow().message(), null);
    }
    return Optional.of(
        SpecDocument.attached(primary(compute, pod, finding.found().get(), verifier.get()), keys));
  }

  private PrimaryCompute primary(
      NeonCompute compute, Pod pod, Finding.Found found, String verifier) {
    var spec = compute.getSpec();
    var timeline = found.timeline();
    var login = spec.login();
    return new PrimaryCompute(
        UUID.fromString(Labels.value(pod, Labels.OPERATION).orElseThrow()),
        new PrimaryCompute.Names(
            spec.tenantId(),
            spec.branch() == null ? spec.timelineId() : spec.branch(),
            compute.getMetadata().getName()),
        new PrimaryCompute.Data(
            timeline.tenantId(),
            timeline.timelineId(),
            timeline.ancestorTimelineId().isPresent(),
            found.pageservers(),
            found.safekeepers()),
        List.of(new PrimaryCompute.Role(login.role(), verifier)),
        List.of(new PrimaryCompute.Database(login.database(), login.role())),
        new PrimaryCompute.Tuning(
            Sizes.of(spec),
            suspendSeconds(spec),
            spec.logicalReplication(),
            OptionalLong.empty(),
            settings.tlsSecret().isPresent(),
            spec.settings() == null ? Map.of() : spec.settings()),
        Optional.empty());
  }

  private static long suspendSeconds(NeonComputeSpec spec) {
    if (!spec.suspend().enabled()) {
      return NEVER;
    }
    return spec.suspend().idleTimeout() == 0 ? USUAL_TIMEOUT : spec.suspend().idleTimeout();
  }
}
