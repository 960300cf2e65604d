package dev.neonstack.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.kube.ClusterException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** One context of a kubeconfig: its cluster, its user and where relative paths in it start. */
final class Kubeconfig {
  private final String shown;
  private final String context;
  private final Path folder;
  private final JsonNode cluster;
  private final JsonNode user;
  private final Optional<String> namespace;

  private Kubeconfig(String shown, String context, Path folder, JsonNode root) {
    this.shown = shown;
    this.context = context;
    this.folder = folder;
    var chosen = named(root, "contexts", "context", context);
    this.cluster = named(root, "clusters", "cluster", chosen.path("cluster").asText());
    this.user =
        chosen.path("user").asText().isEmpty()
            ? root.path("no user")
            : named(root, "users", "user", chosen.path("user").asText());
    this.namespace = text(chosen, "namespace");
  }

  static Kubeconfig read(ClusterSettings settings, Map<String, String> environment) {
    var content = settings.kubeconfig().filter(ClusterSettings::isContent);
    if (content.isPresent()) {
      return parse("the kubeconfig given", content.get(), Path.of("."), settings.context());
    }
    var file = settings.file(environment);
    try {
      var folder = file.toAbsolutePath().getParent();
      return parse("kubeconfig " + file, Files.readString(file), folder, settings.context());
    } catch (IOException e) {
      throw new ClusterException(
          Kind.CONFIG,
          "kubeconfig "
              + file
              + " cannot be read; give the path of one, its content, or set KUBECONFIG",
          e);
    }
  }

  private static Kubeconfig parse(
      String shown, String content, Path folder, Optional<String> wanted) {
    var root = root(shown, content);
    var context = wanted.or(() -> text(root, "current-context"));
    var known = new ArrayList<String>();
    root.path("contexts").forEach(entry -> known.add(entry.path("name").asText()));
    if (context.isEmpty() || !known.contains(context.get())) {
      var problem = context.map(name -> "no context '" + name + "'").orElse("no current context");
      var advice =
          known.isEmpty() ? "it has none at all" : "name one of " + String.join(", ", known);
      throw new ClusterException(Kind.CONFIG, shown + " has " + problem + "; " + advice);
    }
    return new Kubeconfig(shown, context.get(), folder, root);
  }

  /** The parser would quote the line it fails at, which may hold a credential. */
  private static JsonNode root(String shown, String content) {
    try {
      var root = new YAMLMapper().readTree(content);
      if (root != null && root.isObject()) {
        return root;
      }
    } catch (JsonProcessingException e) {
      var place = e.getLocation();
      throw new ClusterException(
          Kind.CONFIG,
          shown + " is no YAML" + (place == null ? "" : ", at line " + place.getLineNr()));
    }
    throw new ClusterException(Kind.CONFIG, shown + " is no kubeconfig; expected a YAML object");
  }

  private JsonNode named(JsonNode root, String list, String kind, String name) {
    for (var entry : root.path(list)) {
      if (entry.path("name").asText().equals(name)) {
        return entry.path(kind);
      }
    }
    throw new ClusterException(
        Kind.CONFIG, this + " names the " + kind + " '" + name + "', which is not there");
  }

  static Optional<String> text(JsonNode node, String name) {
    return Optional.of(node.path(name).asText("")).filter(text -> !text.isEmpty());
  }

  JsonNode cluster() {
    return cluster;
  }

  JsonNode user() {
    return user;
  }

  Optional<String> namespace() {
    return namespace;
  }

  Path folder() {
    return folder;
  }

  /** What is given as NAME-data in base64, or as the path NAME of a file. */
  Optional<String> dataOrFile(JsonNode node, String name) {
    var data = text(node, name + "-data");
    if (data.isPresent()) {
      try {
        var bytes = Base64.getMimeDecoder().decode(data.get());
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw new ClusterException(Kind.CONFIG, this + ": " + name + "-data is no base64", e);
      }
    }
    return text(node, name).map(path -> read(name, folder.resolve(path)));
  }

  String read(String name, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ClusterException(
          Kind.CONFIG, this + ": " + name + " " + file + " cannot be read", e);
    }
  }

  @Override
  public String toString() {
    return "context '" + context + "' of " + shown;
  }
}
