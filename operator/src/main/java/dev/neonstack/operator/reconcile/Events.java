package dev.neonstack.operator.reconcile;

import dev.neonstack.operator.api.NeonCompute;
import dev.neonstack.operator.model.Labels;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says of a compute what has changed, as {@code kubectl describe} shows it. */
final class Events {
  private static final Logger LOG = LoggerFactory.getLogger(Events.class);

  private final KubernetesClient client;
  private final Clock clock;

  Events(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /** Says what a step has found, unless the status says so already. */
  void tell(NeonCompute compute, Step step) {
    tell(compute, "Accepted", step.accepted());
    tell(compute, "Ready", step.ready());
    step.current().ifPresent(verdict -> tell(compute, "Current", verdict));
    step.deleted().ifPresent(verdict -> tell(compute, "Deleted", verdict));
  }

  private void tell(NeonCompute compute, String condition, Verdict verdict) {
    var known =
        Statuses.find(Statuses.before(compute), condition)
            .filter(one -> one.getReason().equals(verdict.reason()))
            .filter(one -> one.getMessage().equals(verdict.message()))
            .isPresent();
    if (!known && !verdict.reason().equals("NotAccepted")) {
      write(compute, verdict);
    }
  }

  private void write(NeonCompute compute, Verdict verdict) {
    var metadata = compute.getMetadata();
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var event =
        new EventBuilder()
            .withNewMetadata()
            .withGenerateName(metadata.getName() + ".")
            .withNamespace(metadata.getNamespace())
            .endMetadata()
            .withNewInvolvedObject()
            .withApiVersion(compute.getApiVersion())
            .withKind(compute.getKind())
            .withNamespace(metadata.getNamespace())
            .withName(metadata.getName())
            .withUid(metadata.getUid())
            .endInvolvedObject()
            .withType(verdict.alarming() ? "Warning" : "Normal")
            .withReason(verdict.reason())
            .withMessage(verdict.message())
            .withFirstTimestamp(now)
            .withLastTimestamp(now)
            .withCount(1)
            .withNewSource(Labels.OPERATOR, null)
            .build();
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      LOG.warn(
          "Nothing could be said of {}/{} ({}): {}",
          metadata.getNamespace(),
          metadata.getName(),
          Optional.ofNullable(e.getMessage()).orElse("no reason"),
          verdict.message());
    }
  }
}
