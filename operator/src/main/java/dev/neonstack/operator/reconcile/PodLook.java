package dev.neonstack.operator.reconcile;

import dev.neonstack.operator.model.ComputePod;
import dev.neonstack.operator.model.Labels;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What Kubernetes says of a pod. */
record PodLook(Pod pod) {
  private static final Set<String> ENDED = Set.of("Failed", "Succeeded");

  String uid() {
    return pod.getMetadata().getUid();
  }

  /** The id of the compute in it. */
  String computeId() {
    return Labels.value(pod, Labels.COMPUTE_ID).orElse("");
  }

  String image() {
    return pod.getSpec().getContainers().get(0).getImage();
  }

  Instant created() {
    return Instant.parse(pod.getMetadata().getCreationTimestamp());
  }

  /** Until when it may take its time to end; empty when nobody ends it. */
  Optional<Instant> deletion() {
    return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()).map(Instant::parse);
  }

  boolean hasEnded() {
    return ENDED.contains(String.valueOf(pod.getStatus().getPhase()));
  }

  Optional<String> address() {
    return Optional.ofNullable(pod.getStatus().getPodIP()).filter(ip -> !ip.isEmpty());
  }

  /** Why it has ended: the last lines of the compute's log, when the node kept them. */
  String lastWords() {
    return statuses()
        .filter(status -> status.getName().equals(ComputePod.CONTAINER))
        .map(ContainerStatus::getState)
        .filter(state -> state != null && state.getTerminated() != null)
        .map(
            state ->
                "exit code %s: %s"
                    .formatted(
                        state.getTerminated().getExitCode(),
                        Optional.ofNullable(state.getTerminated().getMessage())
                            .map(String::strip)
                            .orElse("it left no words")))
        .findFirst()
        .or(() -> Optional.ofNullable(pod.getStatus().getMessage()))
        .orElse("the node does not say why");
  }

  /** Why its containers cannot be started. */
  Optional<Verdict> unstartable() {
    return statuses()
        .filter(status -> status.getState() != null && status.getState().getWaiting() != null)
        .flatMap(
            status -> {
              var waiting = status.getState().getWaiting();
              var said = Optional.ofNullable(waiting.getMessage()).orElse("no more is said");
              return switch (String.valueOf(waiting.getReason())) {
                case "ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull" ->
                    Stream.of(
                        Verdict.bad(
                            "ImageUnavailable",
                            "image %s of container %s cannot be pulled; push it, or set spec.image to one that is there"
                                .formatted(image(status.getName()), status.getName())));
                case "CreateContainerConfigError", "CreateContainerError", "RunContainerError" ->
                    Stream.of(
                        Verdict.bad(
                            waiting.getReason(),
                            "container %s cannot be started: %s"
                                .formatted(status.getName(), said)));
                default -> Stream.empty();
              };
            })
        .findFirst()
        .or(this::unschedulable);
  }

  private Optional<Verdict> unschedulable() {
    return Optional.ofNullable(pod.getStatus().getConditions()).orElse(List.of()).stream()
        .filter(condition -> condition.getType().equals("PodScheduled"))
        .filter(condition -> "Unschedulable".equals(condition.getReason()))
        .map(
            condition ->
                Verdict.bad("Unschedulable", "no node takes it: " + condition.getMessage()))
        .findFirst();
  }

  private Stream<ContainerStatus> statuses() {
    return Stream.concat(
        Optional.ofNullable(pod.getStatus().getContainerStatuses()).orElse(List.of()).stream(),
        Optional.ofNullable(pod.getStatus().getInitContainerStatuses()).orElse(List.of()).stream());
  }

  private String image(String container) {
    return Stream.concat(
            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
        .filter(one -> one.getName().equals(container))
        .map(one -> one.getImage())
        .findFirst()
        .orElse("of an unknown container");
  }

  /** What keeps it from being gone. */
  String keeps() {
    var finalizers = Optional.ofNullable(pod.getMetadata().getFinalizers()).orElse(List.of());
    var name = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    if (!finalizers.isEmpty()) {
      return "pod %s is kept by the finalizers %s; whoever has set them must take them off"
          .formatted(name, String.join(", ", finalizers));
    }
    var node = pod.getSpec().getNodeName();
    return node == null
        ? "pod %s has not gone yet".formatted(name)
        : "pod %s has not gone yet: node %s has not confirmed that it ended".formatted(name, node);
  }
}
