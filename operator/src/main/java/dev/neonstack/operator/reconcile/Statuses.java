package dev.neonstack.operator.reconcile;

import dev.neonstack.controlplane.spec.SpecDocument;
import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.api.NeonComputeStatus;
import dev.neonstack.operator.model.Attached;
import dev.neonstack.operator.model.PodSettings;
import dev.neonstack.operator.model.Sizes;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what is known of a compute. */
final class Statuses {
  /** Seldom enough that a busy compute is not written all the time. */
  private static final Duration ACTIVITY = Duration.ofSeconds(30);

  private final PodSettings settings;
  private final Clock clock;

  Statuses(PodSettings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** The status after a step. */
  NeonComputeStatus of(NeonCompute compute, Step step, Optional<PodLook> pod, int failures) {
    var spec = compute.getSpec();
    return new NeonComputeStatus(
        compute.getMetadata().getGeneration(),
        step.phase(),
        spec.branch() == null ? spec.timelineId() : spec.branch(),
        Attached.host(compute),
        SpecDocument.POSTGRES_PORT,
        Attached.connectionString(compute, settings, Optional.empty()),
        compute.getMetadata().getName(),
        Sizes.shown(spec),
        pod.map(PodLook::image).orElse(null),
        pod.map(PodLook::computeId).orElse(null),
        lastActive(before(compute), step),
        failures == 0 ? null : failures,
        conditions(compute, step));
  }

  static Optional<NeonComputeStatus> before(NeonCompute compute) {
    return Optional.ofNullable(compute.getStatus());
  }

  /**
   * An object with this status and nothing else, so that nothing else is owned by who writes it.
   */
  static NeonCompute bare(NeonCompute compute, NeonComputeStatus status) {
    var bare = new NeonCompute();
    bare.setMetadata(
        new ObjectMetaBuilder()
            .withName(compute.getMetadata().getName())
            .withNamespace(compute.getMetadata().getNamespace())
            .build());
    bare.setStatus(status);
    return bare;
  }

  private static String lastActive(Optional<NeonComputeStatus> before, Step step) {
    var known = before.map(NeonComputeStatus::lastActive);
    var now = step.lastActive().map(time -> time.truncatedTo(ChronoUnit.SECONDS));
    var worth =
        now.filter(
            time -> known.isEmpty() || time.isAfter(Instant.parse(known.get()).plus(ACTIVITY)));
    return worth.map(Instant::toString).or(() -> known).orElse(null);
  }

  private List<Condition> conditions(NeonCompute compute, Step step) {
    var conditions = new ArrayList<Condition>();
    conditions.add(condition(compute, "Accepted", step.accepted()));
    conditions.add(condition(compute, "Ready", step.ready()));
    step.current().ifPresent(verdict -> conditions.add(condition(compute, "Current", verdict)));
    step.deleted().ifPresent(verdict -> conditions.add(condition(compute, "Deleted", verdict)));
    return conditions;
  }

  private Condition condition(NeonCompute compute, String type, Verdict verdict) {
    var before = find(before(compute), type);
    var since =
        before
            .filter(one -> one.getStatus().equals(verdict.status()))
            .map(Condition::getLastTransitionTime)
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(type)
        .withStatus(verdict.status())
        .withReason(verdict.reason())
        .withMessage(verdict.message())
        .withLastTransitionTime(since)
        .withObservedGeneration(compute.getMetadata().getGeneration())
        .build();
  }

  static Optional<Condition> find(Optional<NeonComputeStatus> status, String type) {
    return status
        .flatMap(one -> Optional.ofNullable(one.conditions()))
        .flatMap(all -> all.stream().filter(one -> one.getType().equals(type)).findFirst());
  }
}
