package dev.neonstack.it.kube.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.harness.Wait;
import dev.neonstack.it.kube.KubeApi;
import dev.neonstack.it.kube.KubeException;
import dev.neonstack.it.kube.Ref;
import dev.neonstack.it.standin.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** What is done to a cluster, with the patience it takes. */
final class Cluster {
  private static final String MANAGER = "pulumi-stand-in";
  private static final Duration MOMENT = Duration.ofMillis(100);

  private final KubeApi api;
  private final Duration limit;
  private final BooleanSupplier cancelled;

  Cluster(KubeApi api, Duration limit, BooleanSupplier cancelled) {
    this.api = api;
    this.limit = limit;
    this.cancelled = cancelled;
  }

  /** An object that is there and does not serve. */
  static final class UnreadyException extends RuntimeException {
    private final transient JsonNode live;

    UnreadyException(String message, JsonNode live) {
      super(message);
      this.live = live;
    }

    JsonNode live() {
      return live;
    }
  }

  /** The manifest with the namespace it goes to when it names none. */
  ObjectNode completed(ObjectNode inputs, String namespace) {
    var kind = inputs.path("kind").asText();
    var lacking = Wire.revealed(inputs.path("metadata")).path("namespace");
    if ((lacking.isMissingNode() || lacking.isNull())
        && api.isNamespaced(inputs.path("apiVersion").asText(), kind).orElse(false)
        && Wire.revealed(inputs.path("metadata")) instanceof ObjectNode metadata) {
      metadata.put("namespace", namespace);
    }
    return inputs;
  }

  /** Asks the server what it would say; what a program makes first cannot be asked about. */
  void rehearse(JsonNode manifest) {
    if (api.isNamespaced(manifest.path("apiVersion").asText(), manifest.path("kind").asText())
        .isEmpty()) {
      return;
    }
    try {
      api.apply(MANAGER, manifest, true);
    } catch (KubeException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /** Applies and waits until the object serves. */
  JsonNode apply(JsonNode manifest, double timeoutSeconds) {
    var live = api.apply(MANAGER, manifest, false);
    var end = end(timeoutSeconds);
    var readiness = new Readiness(api);
    var missing = readiness.missing(live);
    while (missing.isPresent()) {
      if (cancelled.getAsBoolean() || Instant.now().isAfter(end)) {
        var reason = cancelled.getAsBoolean() ? "the run was cancelled" : "it took too long";
        throw new UnreadyException(
            Ref.of(manifest) + " does not serve: " + missing.get() + " (" + reason + ")", live);
      }
      Wait.sleep(MOMENT);
      live = api.get(Ref.of(manifest)).orElse(live);
      missing = readiness.missing(live);
    }
    return live;
  }

  /** Deletes and waits until the object is gone. */
  void delete(Ref ref, double timeoutSeconds) {
    if (api.isNamespaced(ref.apiVersion(), ref.kind()).isEmpty()) {
      return;
    }
    api.delete(ref);
    var end = end(timeoutSeconds);
    while (api.get(ref).isPresent()) {
      if (cancelled.getAsBoolean() || Instant.now().isAfter(end)) {
        throw new IllegalStateException(ref + " is still there");
      }
      Wait.sleep(MOMENT);
    }
  }

  Optional<JsonNode> read(Ref ref) {
    if (api.isNamespaced(ref.apiVersion(), ref.kind()).isEmpty()) {
      return Optional.empty();
    }
    return api.get(ref);
  }

  private Instant end(double timeoutSeconds) {
    return Instant.now()
        .plus(timeoutSeconds > 0 ? Duration.ofMillis((long) (timeoutSeconds * 1000)) : limit);
  }
}
