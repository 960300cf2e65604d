package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.neon.controlplane.ControlPlaneException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** One call to the control plane: sends it, judges the answer, never repeats it. */
final class ControlPlaneHttp {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final ControlPlaneOptions options;
  private final HttpClient http;

  ControlPlaneHttp(ControlPlaneOptions options) {
    this.options = options;
    var builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    options.caFile().ifPresent(file -> builder.sslContext(trusting(file)));
    this.http = builder.build();
  }

  /**
   * Makes the call and returns the JSON of a 2xx answer.
   *
   * @param wait how long the server may take
   */
  JsonNode call(String method, String path, Optional<JsonNode> body, Duration wait) {
    var request = request(method, path, body, wait);
    var response = send(request);
    if (response.statusCode() / 100 == 2) {
      return parse(response.body())
          .orElseThrow(
              () ->
                  new ControlPlaneException(
                      isRead(request) ? Kind.FAILED : Kind.UNKNOWN_OUTCOME,
                      OptionalInt.of(response.statusCode()),
                      "control plane at "
                          + options.url()
                          + " answered something that is not JSON to "
                          + what(request)));
    }
    throw refusal(request, response);
  }

  private HttpRequest request(String method, String path, Optional<JsonNode> body, Duration wait) {
    var builder =
        HttpRequest.newBuilder(URI.create(options.url().toString().replaceAll("/+$", "") + path))
            .timeout(wait)
            .header("Accept", "application/json");
    options.apiKey().ifPresent(key -> builder.header("Authorization", "Bearer " + key));
    body.ifPresent(json -> builder.header("Content-Type", "application/json"));
    return builder
        .method(
            method,
            body.map(json -> HttpRequest.BodyPublishers.ofString(json.toString()))
                .orElseGet(HttpRequest.BodyPublishers::noBody))
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw new ControlPlaneException(
          Kind.RETRY,
          "control plane at "
              + options.url()
              + " cannot be reached; is it running? (neonstack status)",
          e);
    } catch (IOException e) {
      throw new ControlPlaneException(
          isRead(request) ? Kind.RETRY : Kind.UNKNOWN_OUTCOME,
          "control plane at "
              + options.url()
              + " gave no answer to "
              + what(request)
              + ": "
              + e.getMessage(),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ControlPlaneException(
          isRead(request) ? Kind.RETRY : Kind.UNKNOWN_OUTCOME,
          "interrupted while waiting for the answer to " + what(request),
          e);
    }
  }

  private ControlPlaneException refusal(HttpRequest request, HttpResponse<String> response) {
    var status = response.statusCode();
    var message = parse(response.body()).map(json -> json.path("message").asText("")).orElse("");
    var known = !message.isEmpty();
    return new ControlPlaneException(
        kind(status, known),
        OptionalInt.of(status),
        known
            ? message
            : "control plane at "
                + options.url()
                + " answered "
                + status
                + " to "
                + what(request)
                + "; is something else listening there?");
  }

  /** A 404 counts as "not there" only when the control plane itself says so. */
  private static Kind kind(int status, boolean ours) {
    return switch (status) {
      case 401, 403 -> Kind.UNAUTHORISED;
      case 404 -> ours ? Kind.NOT_FOUND : Kind.FAILED;
      case 409 -> Kind.CONFLICT;
      case 400, 406, 412, 422, 501 -> Kind.REFUSED;
      case 423, 429, 503 -> Kind.RETRY;
      default -> Kind.FAILED;
    };
  }

  private static boolean isRead(HttpRequest request) {
    return "GET".equals(request.method());
  }

  private static String what(HttpRequest request) {
    return request.method() + " " + request.uri().getPath();
  }

  private static Optional<JsonNode> parse(String body) {
    try {
      return Optional.of(ControlPlaneJson.mapper().readTree(body)).filter(JsonNode::isObject);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static SSLContext trusting(Path caFile) {
    try (var in = Files.newInputStream(caFile)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "CA file '" + caFile + "' cannot be used; expected PEM certificates", e);
    }
  }
}
