package dev.neonstack.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.kube.ClusterSettings;
import dev.neonstack.review.cost.Usage;
import dev.neonstack.review.policy.Profile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the configuration of a stack says of its cluster.
 *
 * @param cluster which cluster it is
 * @param namespace where Neon is in it
 */
record StackSettings(ClusterSettings cluster, String namespace) {
  private static final String CLUSTER = "neonstack:cluster";
  private static final String POLICY = "neonstack:policy";
  private static final String IMAGES = "neonstack:images";
  private static final String USAGE = "neonstack:usage";
  private static final String PRODUCTION = "neonstack:production";
  private static final String NAMESPACE = "neon";

  static StackSettings of(Map<String, String> environment, String stack) {
    var cluster = config(environment, stack).path(CLUSTER);
    if (!cluster.isObject()) {
      throw new IllegalArgumentException(
          "stack '" + stack + "' has no " + CLUSTER + ", so there is no cluster to look at");
    }
    var settings = new ClusterSettings(text(cluster, "kubeconfig"), text(cluster, "context"));
    return new StackSettings(settings, text(cluster, "namespace").orElse(NAMESPACE));
  }

  /** What the resources of the stack are judged by. */
  static Profile profile(Map<String, String> environment, String stack, LocalDate today) {
    var config = config(environment, stack);
    return Profile.read(
        config.path(PRODUCTION).asBoolean(),
        text(config.path(CLUSTER), "namespace").orElse(NAMESPACE),
        config.path(POLICY),
        today);
  }

  /** How much of it is used, as far as its costs depend on it. */
  static Usage usage(Map<String, String> environment, String stack, LocalDate today) {
    return Usage.read(config(environment, stack).path(USAGE), today);
  }

  /** The images that the stack names, by what they are of. */
  static Map<String, String> images(Map<String, String> environment, String stack) {
    var images = new TreeMap<String, String>();
    config(environment, stack)
        .path(IMAGES)
        .properties()
        .forEach(image -> images.put(image.getKey(), image.getValue().asText()));
    return images;
  }

  /** The branches of the stacks on this machine, in the order of their configurations. */
  static List<String> localBranches(Map<String, String> environment) {
    var home = Path.of(environment.getOrDefault("NEONSTACK_HOME", "."));
    try (var files = Files.newDirectoryStream(home, "Pulumi.*.yaml")) {
      return StreamSupport.stream(files.spliterator(), false)
          .sorted()
          .map(file -> read(file, file.getFileName().toString()).path("config"))
          .filter(config -> config.path("neonstack:target").asText().equals("local"))
          .flatMap(StackSettings::branches)
          .toList();
    } catch (IOException | IllegalArgumentException unreadable) {
      return List.of();
    }
  }

  private static Stream<String> branches(JsonNode config) {
    return config
        .path("neonstack:projects")
        .valueStream()
        .flatMap(
            project ->
                project
                    .path("branches")
                    .valueStream()
                    .map(
                        branch ->
                            text(project, "name").orElse("") + "/" + branch.path("name").asText()));
  }

  private static JsonNode config(Map<String, String> environment, String stack) {
    var file =
        Path.of(environment.getOrDefault("NEONSTACK_HOME", "."))
            .resolve("Pulumi." + stack + ".yaml");
    return read(file, stack).path("config");
  }

  private static JsonNode read(Path file, String stack) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "there is no stack '" + stack + "': " + file + " does not exist");
    }
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " is no YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.of(node.path(name).asText("")).filter(text -> !text.isEmpty());
  }
}
