package dev.neonstack.operator.reconcile;

import dev.neonstack.controlplane.spec.ComputeKeys;
import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.compute.ComputeCtl;
import dev.neonstack.operator.model.Labels;
import dev.neonstack.operator.model.PodSettings;
import dev.neonstack.operator.storage.Timelines;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a Postgres server of every NeonCompute, and keeps it so. */
@ControllerConfiguration(name = "neoncompute", finalizerName = "neon.io/compute")
public final class NeonComputeReconciler implements Reconciler<NeonCompute>, Cleaner<NeonCompute> {
  private static final String OURS = Labels.MANAGED_BY + "=" + Labels.OPERATOR;

  private final KubernetesClient client;
  private final Attachments attachments;
  private final Lifecycle lifecycle;
  private final Statuses statuses;
  private final Events events;
  private final Backoff backoff;
  private final Limits limits;

  /**
   * How long things may take.
   *
   * @param start from a pod's creation until Postgres accepts connections
   * @param deletion until the condition Deleted names what a deletion waits for
   * @param force how long a pod stays beyond the time it was given to end
   */
  public record Limits(Duration start, Duration deletion, Duration force) {
    /** Five minutes, two minutes, and one. */
    public static final Limits USUAL =
        new Limits(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofMinutes(1));
  }

  /**
   * What it works with.
   *
   * @param namespaces whose computes it looks after; all where it is empty
   */
  public record Surroundings(
      KubernetesClient client,
      PodSettings settings,
      Timelines timelines,
      ComputeKeys keys,
      Set<String> namespaces,
      Clock clock) {}

  public NeonComputeReconciler(Surroundings with, Limits limits) {
    this.client = with.client();
    this.limits = limits;
    this.attachments = new Attachments(client, with.settings());
    this.backoff = new Backoff(with.clock());
    var computes = new ComputeCtl(with.keys());
    var writers = new Writers(client, with.namespaces());
    var starter = new Starter(client, with.settings(), with.timelines(), writers, with.keys());
    var endings = new Endings(client, computes, limits.force(), with.clock());
    this.lifecycle =
        new Lifecycle(
            new Lifecycle.Parts(
                with.settings(), starter, endings, computes, limits.start(), with.clock()),
            backoff);
    this.statuses = new Statuses(with.settings(), with.clock());
    this.events = new Events(client, with.clock());
  }

  @Override
  public List<EventSource<?, NeonCompute>> prepareEventSources(
      EventSourceContext<NeonCompute> context) {
    context
        .getPrimaryCache()
        .addIndexers(Map.of(Writers.INDEX, compute -> List.of(Writers.timeline(compute))));
    return List.of(
        source(Pod.class, context),
        source(Secret.class, context),
        source(Service.class, context),
        source(NetworkPolicy.class, context));
  }

  private static <T extends HasMetadata> EventSource<T, NeonCompute> source(
      Class<T> type, EventSourceContext<NeonCompute> context) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, NeonCompute.class)
            .withLabelSelector(OURS)
            .withNamespacesInheritedFromController()
            .withSecondaryToPrimaryMapper(NeonComputeReconciler::compute)
            .build(),
        context);
  }

  private static Set<ResourceID> compute(HasMetadata object) {
    return Labels.value(object, Labels.COMPUTE)
        .map(name -> Set.of(new ResourceID(name, object.getMetadata().getNamespace())))
        .orElse(Set.of());
  }

  @Override
  public UpdateControl<NeonCompute> reconcile(NeonCompute compute, Context<NeonCompute> context) {
    var pod = pod(context);
    var others = context.getPrimaryCache().byIndex(Writers.INDEX, Writers.timeline(compute));
    var step =
        attachments
            .ensure(compute, context)
            .map(Step::against)
            .orElseGet(() -> lifecycle.step(compute, pod, others));
    var status = statuses.of(compute, step, pod, backoff.failures(uid(compute)));
    if (status.equals(compute.getStatus())) {
      return UpdateControl.<NeonCompute>noUpdate().rescheduleAfter(step.again());
    }
    events.tell(compute, step);
    return UpdateControl.patchStatus(Statuses.bare(compute, status)).rescheduleAfter(step.again());
  }

  @Override
  public DeleteControl cleanup(NeonCompute compute, Context<NeonCompute> context) {
    var pod = pod(context);
    if (pod.isEmpty()) {
      backoff.forget(uid(compute));
      return DeleteControl.defaultDelete();
    }
    var step = lifecycle.delete(compute, pod.get(), limits.deletion());
    var status = statuses.of(compute, step, pod, 0);
    if (!status.equals(compute.getStatus())) {
      events.tell(compute, step);
      write(Statuses.bare(compute, status));
    }
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(step.again().toMillis());
  }

  private void write(NeonCompute status) {
    client
        .resource(status)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("neoncompute")
                .withForce(true)
                .build());
  }

  private static Optional<PodLook> pod(Context<NeonCompute> context) {
    return context.getSecondaryResource(Pod.class).map(PodLook::new);
  }

  private static String uid(NeonCompute compute) {
    return compute.getMetadata().getUid();
  }
}
