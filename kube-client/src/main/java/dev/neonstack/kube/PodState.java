package dev.neonstack.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * How a pod stands.
 *
 * @param word what {@code kubectl get pods} would call it, such as {@code CrashLoopBackOff}
 * @param isReady whether Services send connections to it
 * @param reason why it is not ready, where the cluster says so
 */
public record PodState(String word, boolean isReady, Optional<String> reason) {

  /** Reads a pod. */
  public static PodState of(JsonNode pod) {
    var status = pod.path("status");
    var phase = status.path("phase").asText("Unknown");
    if (pod.path("metadata").has("deletionTimestamp")) {
      return new PodState("Terminating", false, Optional.empty());
    }
    for (var list : new String[] {"initContainerStatuses", "containerStatuses"}) {
      for (var container : status.path(list)) {
        var stuck = stuck(container);
        if (stuck.isPresent()) {
          return stuck.get();
        }
      }
    }
    if (is(status, "Ready", "True")) {
      return new PodState(phase, true, Optional.empty());
    }
    var done = phase.equals("Succeeded");
    var reason = done ? Optional.<String>empty() : unscheduled(status);
    return new PodState(phase, done, reason);
  }

  private static Optional<PodState> stuck(JsonNode container) {
    var state = container.path("state");
    var waiting = state.path("waiting");
    var word = waiting.path("reason").asText();
    if (!word.isEmpty() && !word.equals("ContainerCreating") && !word.equals("PodInitializing")) {
      var last = container.path("lastState").path("terminated").path("reason").asText();
      var said = waiting.path("message").asText();
      var why = said.isEmpty() ? last : said;
      return Optional.of(
          new PodState(word, false, Optional.of(why).filter(text -> !text.isEmpty())));
    }
    return Optional.empty();
  }

  private static Optional<String> unscheduled(JsonNode status) {
    return StreamSupport.stream(status.path("conditions").spliterator(), false)
        .filter(one -> one.path("status").asText().equals("False"))
        .filter(one -> one.has("message"))
        .map(one -> one.path("message").asText())
        .findFirst();
  }

  private static boolean is(JsonNode status, String type, String value) {
    return StreamSupport.stream(status.path("conditions").spliterator(), false)
        .anyMatch(
            one ->
                one.path("type").asText().equals(type)
                    && one.path("status").asText().equals(value));
  }
}
