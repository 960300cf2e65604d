package dev.neonstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.kube.Cluster;
import dev.neonstack.kube.ClusterException;
import dev.neonstack.kube.PodState;
import dev.neonstack.kube.PortForward;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Neon's servers in a namespace, reached through port-forwards that end with this. */
final class NeonInCluster implements AutoCloseable {
  static final String CONTROLLER = "storage-controller";
  static final String PAGESERVER = "pageserver";
  static final String SAFEKEEPER = "safekeeper";
  private static final String COMPONENT = "app.kubernetes.io/component";
  private static final Map<String, String> OURS = Map.of("app.kubernetes.io/part-of", "neonstack");
  private static final Map<String, Integer> PORTS =
      Map.of(CONTROLLER, 50051, PAGESERVER, 9898, SAFEKEEPER, 7676);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Cluster cluster;
  private final String namespace;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, PortForward> forwards = new HashMap<>();
  private Optional<List<Pod>> pods = Optional.empty();

  NeonInCluster(Cluster cluster, String namespace) {
    this.cluster = cluster;
    this.namespace = namespace;
  }

  /** A pod of Neon's. */
  record Pod(String name, String component, PodState state) {
    private static Pod of(JsonNode pod) {
      var metadata = pod.path("metadata");
      return new Pod(
          metadata.path("name").asText(),
          metadata.path("labels").path(COMPONENT).asText("?"),
          PodState.of(pod));
    }
  }

  String namespace() {
    return namespace;
  }

  /** All pods of Neon, read once. */
  List<Pod> pods() {
    if (pods.isEmpty()) {
      var read = cluster.list("/api/v1/namespaces/" + namespace + "/pods", OURS);
      pods = Optional.of(read.stream().map(Pod::of).toList());
    }
    return pods.get();
  }

  List<Pod> pods(String component) {
    return pods().stream().filter(pod -> pod.component().equals(component)).toList();
  }

  /** An entry of a Secret; empty when there is none. */
  Optional<String> secret(String name, String key) {
    return cluster
        .find("/api/v1/namespaces/" + namespace + "/secrets/" + name)
        .map(found -> found.path("data").path(key).asText())
        .filter(text -> !text.isEmpty())
        .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
  }

  /** The Secret that a pod has as a volume. */
  Optional<String> secretOfVolume(String pod, String volume) {
    return cluster
        .find("/api/v1/namespaces/" + namespace + "/pods/" + pod)
        .map(found -> found.path("spec").path("volumes"))
        .stream()
        .flatMap(volumes -> StreamSupport.stream(volumes.spliterator(), false))
        .filter(one -> one.path("name").asText().equals(volume))
        .map(one -> one.path("secret").path("secretName").asText())
        .findFirst();
  }

  /** Where the HTTP of a component answers: of the storage controller, or of one pod. */
  URI url(String component, String pod) {
    var port = PORTS.get(component);
    return forwards
        .computeIfAbsent(
            component + "/" + pod,
            key ->
                component.equals(CONTROLLER)
                    ? PortForward.toService(cluster, namespace, CONTROLLER, port)
                    : PortForward.toPod(cluster, namespace, pod, port))
        .url();
  }

  HttpResponse<String> get(URI url, Optional<String> token) {
    var request = HttpRequest.newBuilder(url).timeout(PATIENCE);
    token.ifPresent(jwt -> request.header("Authorization", "Bearer " + jwt));
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw lost(url, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost(url, e);
    }
  }

  private ClusterException lost(URI url, Exception cause) {
    var problem =
        forwards.values().stream()
            .filter(forward -> url.toString().startsWith(forward.url() + "/"))
            .flatMap(forward -> forward.problem().stream())
            .findFirst();
    return problem.orElseGet(
        () ->
            new ClusterException(
                ClusterException.Kind.UNREACHABLE,
                "no answer to GET " + url.getPath() + " within " + PATIENCE.toSeconds() + " s",
                cause));
  }

  @Override
  public void close() {
    forwards.values().forEach(PortForward::close);
  }
}
