package dev.neonstack.it.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Which object of a cluster is meant. */
public record Ref(String apiVersion, String kind, Optional<String> namespace, String name) {

  /** The identity of a manifest. */
  public static Ref of(JsonNode manifest) {
    var metadata = manifest.path("metadata");
    return new Ref(
        manifest.path("apiVersion").asText(),
        manifest.path("kind").asText(),
        Optional.of(metadata.path("namespace").asText()).filter(name -> !name.isEmpty()),
        metadata.path("name").asText());
  }

  /** An object in a namespace. */
  public static Ref of(String apiVersion, String kind, String namespace, String name) {
    return new Ref(apiVersion, kind, Optional.of(namespace), name);
  }

  /** An object of the whole cluster. */
  public static Ref ofCluster(String apiVersion, String kind, String name) {
    return new Ref(apiVersion, kind, Optional.empty(), name);
  }

  /** {@code namespace/name}, or the name alone. */
  public String id() {
    return namespace.map(space -> space + "/").orElse("") + name;
  }

  @Override
  public String toString() {
    return kind + " " + id();
  }
}
