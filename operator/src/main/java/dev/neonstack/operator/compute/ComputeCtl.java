package dev.neonstack.operator.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.controlplane.spec.ComputeKeys;
import dev.neonstack.operator.model.ComputePod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Calls compute_ctl at the address of its pod, with a token for that compute alone. */
public final class ComputeCtl {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int OK = 200;
  private static final int FIRST_REFUSAL = 300;
  private static final Duration BRIEF = Duration.ofSeconds(2);

  /** Longer than Postgres takes to write what it has in memory. */
  private static final Duration ENDING = Duration.ofSeconds(60);

  private final ComputeKeys keys;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(BRIEF).build();

  public ComputeCtl(ComputeKeys keys) {
    this.keys = keys;
  }

  /**
   * How a compute stands.
   *
   * @param address of its pod
   * @param computeId as it names itself
   * @throws IOException when it does not answer, or answers with a refusal; the message says which
   */
  public ComputeStatus status(String address, String computeId) throws IOException {
    var request = request(address, computeId, "/status").timeout(BRIEF).GET().build();
    try {
      var answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != OK) {
        throw new IOException(refusal(answer));
      }
      return parse(JSON.readTree(answer.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Has Postgres ended and compute_ctl with it. Completes when that is done; with an {@link
   * IOException} when it does not answer, or refuses.
   */
  public CompletableFuture<Void> terminate(String address, String computeId) {
    var request =
        request(address, computeId, "/terminate?mode=immediate")
            .timeout(ENDING)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenCompose(
            answer ->
                answer.statusCode() < FIRST_REFUSAL
                    ? CompletableFuture.completedFuture(null)
                    : CompletableFuture.failedFuture(new IOException(refusal(answer))));
  }

  private HttpRequest.Builder request(String address, String computeId, String path) {
    var host = address.contains(":") ? "[" + address + "]" : address;
    return HttpRequest.newBuilder(URI.create("http://" + host + ":" + ComputePod.HTTP_PORT + path))
        .header("Authorization", "Bearer " + keys.tokenFor(computeId));
  }

  private static String refusal(HttpResponse<String> answer) {
    return "compute_ctl answers with %d: %s".formatted(answer.statusCode(), answer.body());
  }

  private static ComputeStatus parse(JsonNode node) {
    var state =
        switch (node.path("status").asText()) {
          case "running",
              "configuration",
              "refresh_configuration",
              "refresh_configuration_pending" ->
              ComputeStatus.State.RUNNING;
          case "failed" -> ComputeStatus.State.FAILED;
          case "termination_pending_fast", "termination_pending_immediate", "terminated" ->
              ComputeStatus.State.ENDING;
          default -> ComputeStatus.State.STARTING;
        };
    return new ComputeStatus(
        state,
        Optional.of(node.path("last_active"))
            .filter(JsonNode::isTextual)
            .map(time -> Instant.parse(time.asText())),
        Optional.of(node.path("error"))
            .filter(JsonNode::isTextual)
            .map(text -> text.asText().lines().findFirst().orElse("")));
  }
}
