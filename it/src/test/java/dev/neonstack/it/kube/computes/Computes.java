package dev.neonstack.it.kube.computes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.it.harness.Repository;
import dev.neonstack.it.harness.Wait;
import dev.neonstack.it.kube.KubeApi;
import dev.neonstack.it.kube.KubeException;
import dev.neonstack.it.kube.Ref;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Objects of the kind NeonCompute in a namespace of the test cluster. */
final class Computes {
  private static final String MANAGER = "kubectl";
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final String API = "neon.io/v1";
  private static final String KIND = "NeonCompute";

  private final KubeApi api;
  private final String namespace;

  private Computes(KubeApi api, String namespace) {
    this.api = api;
    this.namespace = namespace;
  }

  /** Defines the kind, and makes the namespace, where Pod Security is {@code restricted}. */
  static Computes in(KubeApi api, String namespace) {
    api.apply(MANAGER, definition());
    var space = "{apiVersion: v1, kind: Namespace, metadata: {name: %s, labels: {%s: restricted}}}";
    api.apply(MANAGER, yaml(space.formatted(namespace, "pod-security.kubernetes.io/enforce")));
    Wait.until("the kind is served", () -> isServed(api));
    return new Computes(api, namespace);
  }

  private static boolean isServed(KubeApi api) {
    try {
      return api.list(API, KIND, Optional.empty()) != null;
    } catch (IllegalArgumentException | KubeException notYet) {
      return false;
    }
  }

  private static JsonNode definition() {
    var file = Repository.root().resolve("operator/src/main/resources/neoncomputes.neon.io.yaml");
    try {
      return yaml(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("no YAML: " + text, e);
    }
  }

  KubeApi api() {
    return api;
  }

  String namespace() {
    return namespace;
  }

  /** Applies an object with this spec, in YAML. */
  JsonNode apply(String name, String spec) {
    var manifest = (ObjectNode) yaml("{apiVersion: %s, kind: %s}".formatted(API, KIND));
    manifest.putObject("metadata").put("name", name).put("namespace", namespace);
    manifest.set("spec", yaml(spec));
    return apply(manifest);
  }

  /** Applies a manifest, in this namespace. */
  JsonNode apply(JsonNode manifest) {
    ((ObjectNode) manifest.path("metadata")).put("namespace", namespace);
    return api.apply(MANAGER, manifest);
  }

  Optional<JsonNode> find(String name) {
    return api.get(ref(name));
  }

  Ref ref(String name) {
    return Ref.of(API, KIND, namespace, name);
  }

  /** Its line in {@code kubectl get}, and the heads of the columns. */
  List<List<String>> table(String name) {
    var answer = api.table(ref(name));
    return List.of(
        texts(answer.path("columnDefinitions"), "/name"),
        texts(answer.path("rows").get(0).path("cells"), ""));
  }

  private static List<String> texts(JsonNode list, String pointer) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.at(pointer).asText())
        .toList();
  }
}
