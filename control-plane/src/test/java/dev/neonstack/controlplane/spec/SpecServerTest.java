package dev.neonstack.controlplane.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Statuses are those that compute_ctl was seen to tell apart: 503 is asked again, others are not.
 */
class SpecServerTest {
  private static final String ID = "ep-quiet-river-12345678.1f2e3d4c";

  private final ComputeKeys keys = Example.keys();
  private final SpecServer server =
      SpecServer.start(
          keys, this::source, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @AfterEach
  void close() {
    server.close();
  }

  private Optional<ObjectNode> source(String id) {
    return switch (id) {
      case ID -> Optional.of(SpecDocument.attached(Example.primary(), keys));
      case "away" -> throw Problem.unavailable("storage answers with 503", null);
      case "broken" -> throw new IllegalStateException("a defect");
      default -> Optional.empty();
    };
  }

  @Test
  void aComputeIsToldWhatItIs() throws Exception {
    var answer = get(ID, Optional.of(keys.tokenOf(ID)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(answer.body()))
        .isEqualTo(
            new ObjectMapper().readTree(SpecDocument.attached(Example.primary(), keys).toString()));
  }

  @Test
  void whoHasNoTokenOfOursIsToldNothing() throws Exception {
    assertThat(get(ID, Optional.empty()))
        .satisfies(a -> refused(a, 401, "has no token; a compute has it in NEON_CONTROL_PLANE"));
    assertThat(get(ID, Optional.of("x")))
        .satisfies(a -> refused(a, 401, "none that this control plane gave"));
    assertThat(get(ID, Optional.of(keys.tokenFor(ID))))
        .satisfies(a -> refused(a, 401, "none that this control plane gave"));
    assertThat(get(ID, Optional.of(keys.tenantToken(Example.TENANT))))
        .satisfies(a -> refused(a, 401, "none that this control plane gave"));
  }

  @Test
  void aComputeIsToldNothingOfAnother() throws Exception {
    assertThat(get(ID, Optional.of(keys.tokenOf("ep-other.1f2e3d4c"))))
        .satisfies(a -> refused(a, 403, "another compute's"));
  }

  @Test
  void whatIsOverIsNotFoundAndWhatCannotBeToldIsForLater() throws Exception {
    assertThat(get("over", Optional.of(keys.tokenOf("over"))))
        .satisfies(a -> refused(a, 404, "there is no compute over"));
    assertThat(get("away", Optional.of(keys.tokenOf("away"))))
        .satisfies(a -> refused(a, 503, "storage answers with 503"));
    assertThat(get("broken", Optional.of(keys.tokenOf("broken"))))
        .satisfies(a -> refused(a, 500, "the control plane failed; its log says why"));
  }

  @Test
  void nothingElseIsAnswered() throws Exception {
    var request =
        HttpRequest.newBuilder(uri("/api/v2/projects"))
            .header("Authorization", "Bearer " + keys.tokenOf(ID));

    assertThat(send(request))
        .satisfies(a -> refused(a, 404, "computes are answered at GET /compute/api/v2/computes/"));
  }

  private static void refused(HttpResponse<String> answer, int status, String message) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"error\":").contains(message);
  }

  private HttpResponse<String> get(String id, Optional<String> token) throws Exception {
    var request = HttpRequest.newBuilder(uri("/compute/api/v2/computes/" + id + "/spec"));
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    return send(request);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }
}
