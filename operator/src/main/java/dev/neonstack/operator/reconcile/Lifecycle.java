package dev.neonstack.operator.reconcile;

import dev.neonstack.neon.SettingRules;
import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.api.Phase;
import dev.neonstack.operator.compute.ComputeCtl;
import dev.neonstack.operator.compute.ComputeStatus;
import dev.neonstack.operator.model.ComputePod;
import dev.neonstack.operator.model.Labels;
import dev.neonstack.operator.model.PodSettings;
import dev.neonstack.operator.model.Template;
import dev.neonstack.operator.storage.Obstacle;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of the pod of a compute: it is made, watched, replaced and ended. */
final class Lifecycle {
  private static final Verdict STARTING = Verdict.no("Starting", "Postgres is being started");

  private final PodSettings settings;
  private final Starter starter;
  private final Endings endings;
  private final ComputeCtl computes;
  private final Backoff backoff;
  private final Duration startLimit;
  private final Clock clock;

  /**
   * The parts it is made of.
   *
   * @param startLimit how long a pod may take until Postgres accepts connections; then it is
   *     replaced
   */
  record Parts(
      PodSettings settings,
      Starter starter,
      Endings endings,
      ComputeCtl computes,
      Duration startLimit,
      Clock clock) {}

  Lifecycle(Parts parts, Backoff backoff) {
    this.settings = parts.settings();
    this.starter = parts.starter();
    this.endings = parts.endings();
    this.computes = parts.computes();
    this.startLimit = parts.startLimit();
    this.clock = parts.clock();
    this.backoff = backoff;
  }

  /**
   * One step.
   *
   * @param others the computes of the same timeline
   */
  Step step(NeonCompute compute, Optional<PodLook> pod, List<NeonCompute> others) {
    if (compute.getSpec().suspended()) {
      backoff.forget(uid(compute));
      return pod.map(this::suspending).orElseGet(Lifecycle::suspended);
    }
    if (pod.isEmpty()) {
      return start(compute, others);
    }
    var look = pod.get();
    if (endings.hasBegun(look)) {
      endings.step(look);
      return replacing(compute, look);
    }
    return look.hasEnded() ? ended(compute, look) : watch(compute, look);
  }

  private Step replacing(NeonCompute compute, PodLook pod) {
    var failed = backoff.waiting(uid(compute)).map(Backoff.Course::reason);
    return failed.isPresent()
        ? Step.of(Phase.FAILED, failed.get(), Step.AT_ONCE)
        : Step.of(
            Phase.STARTING,
            Verdict.no("Replacing", "the pod before it ends: " + pod.keeps()),
            Step.AT_ONCE);
  }

  /** One step towards having no pod. */
  Step delete(NeonCompute compute, PodLook pod, Duration limit) {
    endings.step(pod);
    var asked = Instant.parse(compute.getMetadata().getDeletionTimestamp());
    var overdue = clock.instant().isAfter(asked.plus(limit));
    var deleted =
        overdue
            ? Verdict.bad("Blocked", pod.keeps())
            : Verdict.no("EndingPod", "Postgres is ended, and its pod after it");
    var again = overdue ? Step.SOON : Step.AT_ONCE;
    return Step.of(Phase.DELETING, Verdict.no("Deleting", "it is being deleted"), again)
        .withDeleted(Optional.of(deleted));
  }

  private Step suspending(PodLook pod) {
    endings.step(pod);
    var overdue = endings.isOverdue(pod);
    var ready =
        overdue
            ? Verdict.bad("Blocked", pod.keeps())
            : Verdict.no("Suspending", "Postgres is being ended");
    return Step.of(Phase.SUSPENDING, ready, overdue ? Step.SOON : Step.AT_ONCE);
  }

  private static Step suspended() {
    return Step.of(
        Phase.SUSPENDED,
        Verdict.no("Suspended", "it sleeps, as spec.suspended says; all data is in storage"),
        Step.LATER);
  }

  private Step start(NeonCompute compute, List<NeonCompute> others) {
    var waiting = backoff.waiting(uid(compute));
    if (waiting.isPresent()) {
      var course = waiting.get();
      return Step.of(Phase.FAILED, course.reason(), backoff.left(course));
    }
    var obstacle =
        settingsRefused(compute)
            .or(() -> Writers.older(compute, others.stream()))
            .or(() -> starter.start(compute));
    return obstacle
        .map(Step::against)
        .orElseGet(() -> Step.of(Phase.STARTING, STARTING, Step.SOON));
  }

  private static Optional<Obstacle> settingsRefused(NeonCompute compute) {
    var given = compute.getSpec().settings();
    var objections =
        given == null ? List.<SettingRules.Objection>of() : SettingRules.objections(given);
    return objections.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Obstacle.lasting(
                "SettingsRefused",
                objections.stream()
                    .map(objection -> "spec.settings." + objection)
                    .collect(Collectors.joining("; "))));
  }

  private Step ended(NeonCompute compute, PodLook pod) {
    failed(compute, Verdict.bad("ComputeEnded", "the compute has ended with " + pod.lastWords()));
    endings.step(pod);
    return Step.of(Phase.FAILED, reason(compute), Step.AT_ONCE);
  }

  private Step watch(NeonCompute compute, PodLook pod) {
    var current = current(compute, pod);
    var unstartable = pod.unstartable();
    if (unstartable.isPresent()) {
      if (current.isPresent()) {
        endings.step(pod);
      }
      return Step.of(Phase.FAILED, unstartable.get(), Step.LATER).withCurrent(current);
    }
    if (pod.address().isEmpty()) {
      return lateOr(compute, pod, "the pod has not been started by its node");
    }
    try {
      return answered(compute, pod, computes.status(pod.address().get(), pod.computeId()));
    } catch (IOException e) {
      return silent(compute, pod, e.getMessage());
    }
  }

  private Step answered(NeonCompute compute, PodLook pod, ComputeStatus status) {
    return switch (status.state()) {
      case STARTING -> lateOr(compute, pod, "compute_ctl has not got Postgres running");
      case RUNNING -> running(compute, pod, status);
      case ENDING -> {
        endings.step(pod);
        yield Step.of(Phase.STARTING, Verdict.no("Replacing", "Postgres was ended"), Step.AT_ONCE);
      }
      case FAILED -> {
        failed(
            compute,
            Verdict.bad(
                "StartFailed",
                "compute_ctl could not start Postgres: "
                    + status.error().orElse("it does not say why")));
        endings.remove(pod);
        yield Step.of(Phase.FAILED, reason(compute), Step.AT_ONCE);
      }
    };
  }

  private Step running(NeonCompute compute, PodLook pod, ComputeStatus status) {
    backoff.forget(uid(compute));
    var stale = current(compute, pod);
    var window = compute.getSpec().maintenance();
    if (stale.isPresent() && window != null && Maintenances.isOpen(window, clock.instant())) {
      endings.step(pod);
      return Step.of(
          Phase.STARTING,
          Verdict.no("Replacing", "it is replaced in its maintenance window"),
          Step.AT_ONCE);
    }
    return Step.of(
            Phase.RUNNING, Verdict.yes("Accepting", "Postgres accepts connections"), Step.LATER)
        .withCurrent(
            Optional.of(stale.orElse(Verdict.yes("UpToDate", "the pod is what the spec asks for"))))
        .withLastActive(status.lastActive());
  }

  /** One that has run may be away for a moment; one that has not is being started. */
  private Step silent(NeonCompute compute, PodLook pod, String why) {
    var status = compute.getStatus();
    var ran =
        status != null
            && status.phase() == Phase.RUNNING
            && pod.computeId().equals(status.computeId());
    return ran
        ? Step.of(
                Phase.RUNNING,
                Verdict.unknown("NotAnswering", "compute_ctl does not answer"),
                Step.SOON)
            .withCurrent(current(compute, pod))
        : lateOr(compute, pod, "compute_ctl does not answer: " + why);
  }

  private Step lateOr(NeonCompute compute, PodLook pod, String how) {
    if (clock.instant().isBefore(pod.created().plus(startLimit))) {
      return Step.of(Phase.STARTING, STARTING, Step.AT_ONCE);
    }
    failed(
        compute,
        Verdict.bad(
            "StartTimeout",
            "Postgres did not run within %d s of its pod's creation: %s"
                .formatted(startLimit.toSeconds(), how)));
    endings.step(pod);
    return Step.of(Phase.FAILED, reason(compute), Step.AT_ONCE);
  }

  /** Why the pod is not what the spec asks for; empty when it is. */
  private Optional<Verdict> current(NeonCompute compute, PodLook pod) {
    var version = Integer.parseInt(Labels.value(pod.pod(), Labels.PG_VERSION).orElse("0"));
    var wanted = Template.of(compute, settings, version);
    if (Labels.annotation(pod.pod(), Labels.TEMPLATE).equals(Optional.of(wanted))) {
      return Optional.empty();
    }
    var image = ComputePod.image(compute, settings, version);
    var what =
        pod.image().equals(image)
            ? "the pod has another size or other settings than are asked for"
            : "the pod runs image %s, and %s is asked for".formatted(pod.image(), image);
    var window = compute.getSpec().maintenance();
    var when =
        window == null
            ? "at its next sleep"
            : "at its next sleep, or in the window from %s UTC".formatted(window.start());
    return Optional.of(Verdict.no("Stale", what + "; it is replaced " + when));
  }

  private void failed(NeonCompute compute, Verdict why) {
    backoff.failed(uid(compute), why);
  }

  private Verdict reason(NeonCompute compute) {
    return backoff.waiting(uid(compute)).map(Backoff.Course::reason).orElse(STARTING);
  }

  private static String uid(NeonCompute compute) {
    return compute.getMetadata().getUid();
  }
}
