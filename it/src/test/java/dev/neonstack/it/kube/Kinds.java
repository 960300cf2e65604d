package dev.neonstack.it.kube;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds that an API server knows, as it tells them itself. */
final class Kinds {
  static final String ACCEPT =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final List<Kind> all = new ArrayList<>();

  /** A kind, and the name under which its objects are found. */
  record Kind(
      String apiVersion, String name, String plural, boolean namespaced, List<String> verbs) {

    private String base() {
      return apiVersion.contains("/") ? "/apis/" + apiVersion : "/api/" + apiVersion;
    }

    /** Where all objects of the kind are, or those of a namespace. */
    String path(Optional<String> namespace) {
      return base() + namespace.map(name -> "/namespaces/" + name).orElse("") + "/" + plural;
    }

    boolean can(String verb) {
      return verbs.contains(verb);
    }
  }

  /** Takes in what the server answers to {@code /api} and {@code /apis}. */
  Kinds(JsonNode... discovered) {
    for (var answer : discovered) {
      for (var group : answer.path("items")) {
        for (var version : group.path("versions")) {
          add(group.path("metadata").path("name").asText(), version);
        }
      }
    }
  }

  private void add(String group, JsonNode version) {
    var name = version.path("version").asText();
    for (var resource : version.path("resources")) {
      var verbs = new ArrayList<String>();
      resource.path("verbs").forEach(verb -> verbs.add(verb.asText()));
      all.add(
          new Kind(
              group.isEmpty() ? name : group + "/" + name,
              resource.path("responseKind").path("kind").asText(),
              resource.path("resource").asText(),
              resource.path("scope").asText().equals("Namespaced"),
              List.copyOf(verbs)));
    }
  }

  Optional<Kind> find(String apiVersion, String kind) {
    return stream()
        .filter(known -> known.apiVersion().equals(apiVersion) && known.name().equals(kind))
        .findFirst();
  }

  Stream<Kind> stream() {
    return all.stream();
  }
}
