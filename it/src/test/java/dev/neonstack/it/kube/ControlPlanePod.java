package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.neonstack.it.harness.ControlPlaneServer;
import dev.neonstack.it.harness.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plays the control plane's pod: the server of the image, started when it is first called, with the
 * environment of the stack's Deployment and the files of its volumes. Its addresses are those of
 * this machine.
 */
final class ControlPlanePod implements AutoCloseable {
  private static final List<String> HEADERS = List.of("Authorization", "Content-Type", "Accept");

  private final KubeServer kube;
  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Integer, Integer> ports = new HashMap<>();
  private Optional<ControlPlaneServer> server = Optional.empty();

  ControlPlanePod(KubeServer kube) {
    this.kube = kube;
    try {
      this.folder = Files.createTempDirectory("neonstack-control-plane-");
    } catch (IOException e) {
      throw new IllegalStateException("no folder for the control plane", e);
    }
  }

  /** Answers as the server does at this port of its pod. */
  void answer(int port, HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var url = URI.create("http://127.0.0.1:" + started(port) + exchange.getRequestURI());
      var request =
          HttpRequest.newBuilder(url)
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
      for (var name : HEADERS) {
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
            .ifPresent(value -> request.header(name, value));
      }
      var response = http.send(request.build(), BodyHandlers.ofByteArray());
      response
          .headers()
          .firstValue("Content-Type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      var length = response.body().length == 0 ? -1 : response.body().length;
      exchange.sendResponseHeaders(response.statusCode(), length);
      exchange.getResponseBody().write(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized int started(int port) throws IOException {
    if (server.isEmpty()) {
      var one = new ControlPlaneServer(folder, environment());
      one.start();
      server = Optional.of(one);
    }
    return ports.get(port);
  }

  private Map<String, String> environment() throws IOException {
    var deployment =
        kube.api().get(Ref.of("apps/v1", "Deployment", "neon", "control-plane")).orElseThrow();
    var pod = deployment.at("/spec/template/spec");
    var container = pod.at("/containers/0");
    var environment = new HashMap<String, String>();
    for (var variable : container.path("env")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText());
    }
    for (var mount : container.path("volumeMounts")) {
      var path = mount.path("mountPath").asText();
      var here = Files.createDirectories(folder.resolve(path.substring(1)));
      write(secret(pod, mount.path("name").asText()), here);
      environment.replaceAll(
          (name, value) ->
              (value + "/").startsWith(path + "/") ? here + value.substring(path.length()) : value);
    }
    return here(environment);
  }

  private Map<String, String> here(Map<String, String> environment) {
    var free = Ports.free(2);
    for (var name : List.of("NEONSTACK_API_PORT", "NEONSTACK_INTERNAL_PORT")) {
      var port = free.get(ports.size());
      ports.put(Integer.valueOf(environment.get(name)), port);
      environment.put(name, port.toString());
    }
    environment.put("NEONSTACK_API_ADDRESS", "127.0.0.1");
    environment.put("NEONSTACK_INTERNAL_ADDRESS", "127.0.0.1");
    environment.put("NEONSTACK_STORAGE_URL", kube.pods().url(PodServers.CONTROLLER).toString());
    environment.put("NEONSTACK_SAFEKEEPERS", kube.pods().url(PodServers.SAFEKEEPER).toString());
    return environment;
  }

  private JsonNode secret(JsonNode pod, String volume) {
    for (var one : pod.path("volumes")) {
      var name = one.at("/secret/secretName").asText();
      if (one.path("name").asText().equals(volume) && !name.isEmpty()) {
        return kube.api().get(Ref.of("v1", "Secret", "neon", name)).orElseThrow().path("data");
      }
    }
    return pod.path("no files");
  }

  private static void write(JsonNode data, Path directory) throws IOException {
    for (var entry : data.properties()) {
      var content = new String(Base64.getDecoder().decode(entry.getValue().asText()), UTF_8);
      Files.writeString(directory.resolve(entry.getKey()), content);
    }
  }

  /** What it has said; nothing when it was never called. */
  String log() {
    return server.map(ControlPlaneServer::log).orElse("");
  }

  @Override
  public void close() {
    server.ifPresent(ControlPlaneServer::close);
  }
}
