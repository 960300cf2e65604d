package dev.neonstack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.local.client.LocalServices;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.controlplane.Endpoint;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;

/** The control plane of the example stack as a client of the public Neon API sees it. */
final class LocalApi {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalServices services;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ControlPlaneClient client;
  private final TenantId project;
  private final TimelineId main;

  LocalApi(LocalServices services) throws IOException, InterruptedException {
    this.services = services;
    this.client =
        new ControlPlaneClient(
            new ControlPlaneOptions(
                services.controlPlaneUrl(), Optional.of(services.apiKey()), Optional.empty()));
    var projects = send(request("/api/v2/projects").GET().build()).path("projects");
    this.project = TenantId.of(projects.path(0).path("id").asText());
    this.main =
        client.branches(project).stream()
            .filter(branch -> branch.name().equals("main"))
            .map(RegisteredBranch::id)
            .findFirst()
            .orElseThrow();
  }

  ControlPlaneClient client() {
    return client;
  }

  TenantId project() {
    return project;
  }

  /** Makes a child of main, without an endpoint. */
  TimelineId createBranch(String name) throws IOException, InterruptedException {
    var body = Map.of("branch", Map.of("name", name, "parent_id", main.value()));
    var path = "/api/v2/projects/" + project + "/branches";
    var call = request(path).POST(BodyPublishers.ofString(JSON.writeValueAsString(body))).build();
    return TimelineId.of(send(call).path("branch").path("id").asText());
  }

  String endpointOf(TimelineId branch) {
    return client.endpoints(project).stream()
        .filter(endpoint -> endpoint.branchId().equals(branch))
        .map(Endpoint::id)
        .findFirst()
        .orElseThrow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(services.controlPlaneUrl().resolve(path))
        .header("Authorization", "Bearer " + services.apiKey())
        .header("Content-Type", "application/json");
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(request.uri() + " answered " + answer.statusCode() + answer.body());
    }
    return JSON.readTree(answer.body());
  }
}
