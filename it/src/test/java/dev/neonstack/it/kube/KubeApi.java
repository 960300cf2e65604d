package dev.neonstack.it.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.it.harness.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An API server, as the user of a kubeconfig. */
public final class KubeApi {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MOMENT = Duration.ofMillis(200);
  private static final int FIRST_REFUSAL = 300;

  /** What a server says of a kind whose storage it is still setting up, and when it is too busy. */
  private static final int TOO_EARLY = 429;

  private static final int MAX_TRIES = 50;

  private final URI server;
  private final String token;
  private final HttpClient http;
  private Kinds kinds = new Kinds();

  KubeApi(URI server, Certificates certificates, String token) {
    this.server = server;
    this.token = token;
    this.http =
        HttpClient.newBuilder()
            .sslContext(certificates.trusting())
            .connectTimeout(PATIENCE)
            .build();
  }

  /** Whether the server serves. */
  boolean isReady() {
    try {
      send("GET", "/readyz", "", "application/json");
      return true;
    } catch (KubeException | UncheckedIOException e) {
      return false;
    }
  }

  /** The object as it is, if it is. */
  public Optional<JsonNode> get(Ref ref) {
    try {
      return Optional.of(parse(send("GET", path(ref), "", "application/json")));
    } catch (KubeException e) {
      if (e.isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Makes or changes the object by server-side apply; fields nobody knows are refused. */
  public JsonNode apply(String manager, JsonNode manifest) {
    return apply(Ref.of(manifest), manager, manifest.toString());
  }

  /** Applies a manifest in YAML or JSON. */
  public JsonNode apply(Ref ref, String manager, String manifest) {
    var query = "?force=true&fieldValidation=Strict&fieldManager=" + manager;
    return parse(send("PATCH", path(ref) + query, manifest, "application/apply-patch+yaml"));
  }

  /** What {@code kubectl scale} does. */
  void scale(Ref workload, int replicas) {
    send(
        "PATCH",
        path(workload) + "/scale?fieldManager=kubectl",
        "{\"spec\": {\"replicas\": %d}}".formatted(replicas),
        "application/merge-patch+json");
  }

  /** Changes an object by a JSON patch. */
  void patch(Ref ref, String operations) {
    send("PATCH", path(ref), operations, "application/json-patch+json");
  }

  /** Deletes an object at once. */
  void delete(Ref ref) {
    send("DELETE", path(ref) + "?gracePeriodSeconds=0", "", "application/json");
  }

  /** All objects of a kind, of a namespace or of all. */
  public List<JsonNode> list(String apiVersion, String kind, Optional<String> namespace) {
    var items = new ArrayList<JsonNode>();
    var path = kind(apiVersion, kind).path(namespace);
    parse(send("GET", path, "", "application/json")).path("items").forEach(items::add);
    return items;
  }

  /** What there is of every kind, as {@code Kind namespace/name}, but for what comes and goes. */
  public List<String> inventory() {
    var found = new ArrayList<String>();
    kinds().stream()
        .filter(kind -> kind.can("list") && !Inventory.PASSING.contains(kind.name()))
        .forEach(
            kind ->
                list(kind.apiVersion(), kind.name(), Optional.empty())
                    .forEach(item -> found.add(kind.name() + " " + Ref.of(item).id())));
    return found.stream().filter(Inventory::counts).distinct().sorted().toList();
  }

  /** The object as {@code kubectl get} is told of it. */
  public JsonNode table(Ref ref) {
    return parse(send("GET", path(ref), "", "application/json;as=Table;v=v1;g=meta.k8s.io"));
  }

  /** What the server says when asked for a path. */
  public String read(String path) {
    return send("GET", path, "", "application/json");
  }

  private String path(Ref ref) {
    var kind = kind(ref.apiVersion(), ref.kind());
    return kind.path(kind.namespaced() ? ref.namespace() : Optional.empty()) + "/" + ref.name();
  }

  private Kinds.Kind kind(String apiVersion, String kind) {
    return find(apiVersion, kind)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the server knows no kind '" + kind + "' in '" + apiVersion + "'"));
  }

  /** Kinds come and go with their definitions, so what is not known is asked for again. */
  private synchronized Optional<Kinds.Kind> find(String apiVersion, String kind) {
    var known = kinds.find(apiVersion, kind);
    if (known.isPresent()) {
      return known;
    }
    return kinds().find(apiVersion, kind);
  }

  private synchronized Kinds kinds() {
    kinds =
        new Kinds(
            parse(send("GET", "/api", "", Kinds.ACCEPT)),
            parse(send("GET", "/apis", "", Kinds.ACCEPT)));
    return kinds;
  }

  /** The content type of a body is also what is accepted where there is none. */
  private String send(String method, String path, String body, String type) {
    var request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Accept", body.isEmpty() ? type : "application/json")
            .header("Content-Type", type)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      for (var tries = 0; response.statusCode() == TOO_EARLY && tries < MAX_TRIES; tries++) {
        Wait.sleep(MOMENT);
        response = http.send(request, BodyHandlers.ofString());
      }
      if (response.statusCode() >= FIRST_REFUSAL) {
        throw new KubeException(response.statusCode(), message(response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + path, e);
    }
  }

  private static String message(String body) {
    try {
      return JSON.readTree(body).path("message").asText(body);
    } catch (JsonProcessingException e) {
      return body;
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON: " + json, e);
    }
  }
}
