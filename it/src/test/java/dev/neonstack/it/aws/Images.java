package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Existing;
import dev.neonstack.it.standin.Fixed;
import dev.neonstack.it.standin.Problems;
import dev.neonstack.it.standin.Resources;
import dev.neonstack.it.standin.Subject;
import dev.neonstack.it.standin.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Images of the plugin for Docker, by its rules for where files are looked for. */
final class Images implements Resources {
  private static final String TYPE = "docker:index/image:Image";
  private static final String CONTEXT_DIGEST = "contextDigest";

  /** A registry's host has a dot or a port; without one an image could not be pushed to it. */
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9.-]+[.:][a-z0-9.-]+(/[a-z0-9._-]+)+(:[\\w][\\w.-]{0,127})?");

  private final Path folder;
  private final Map<String, Existing> images = new ConcurrentHashMap<>();

  Images(Path folder) {
    this.folder = folder;
  }

  @Override
  public ObjectNode check(Subject subject, ObjectNode olds, ObjectNode news, Problems problems) {
    if (!subject.type().equals(TYPE)) {
      problems.add("", "the stand-in knows no " + subject.type());
      return news;
    }
    checkName(news, problems);
    var build = Wire.plain(news.path("build"));
    if (!Wire.hasUnknown(build)) {
      checkBuild(build, problems);
    }
    if (problems.isEmpty() && news.path("build") instanceof ObjectNode given) {
      given.put(CONTEXT_DIGEST, Digests.ofFolder(context(build)));
    }
    return news;
  }

  private static void checkName(ObjectNode news, Problems problems) {
    var name = Wire.revealed(news.path("imageName"));
    if (name.asText().isEmpty()) {
      problems.add("imageName", "is missing");
    } else if (!Wire.hasUnknown(name)
        && !news.path("skipPush").asBoolean()
        && !NAME.matcher(name.asText()).matches()) {
      problems.add(
          "imageName", "is '" + name.asText() + "'; expected registry/name:tag to push to");
    }
  }

  private void checkBuild(JsonNode build, Problems problems) {
    if (!Files.isDirectory(context(build))) {
      problems.add("build.context", "is '" + context(build) + "'; there is no such folder");
    }
    if (!Files.isRegularFile(dockerfile(build))) {
      problems.add(
          "build.dockerfile",
          "is '"
              + dockerfile(build)
              + "'; there is no such file, and it is not looked for in the context");
    }
    var platform = build.path("platform").asText();
    if (!platform.matches("linux/(amd64|arm64)")) {
      problems.add(
          "build.platform",
          "is '" + platform + "'; expected linux/amd64 or linux/arm64, not what the machine is");
    }
  }

  private Path context(JsonNode build) {
    return folder.resolve(build.path("context").asText("."));
  }

  private Path dockerfile(JsonNode build) {
    return build.hasNonNull("dockerfile")
        ? folder.resolve(build.path("dockerfile").asText())
        : context(build).resolve("Dockerfile");
  }

  @Override
  public Fixed fixed(Subject subject, ObjectNode inputs) {
    return new Fixed(List.of(), List.of());
  }

  /** A login is good for hours only, so a new one is no reason to build. */
  @Override
  public ObjectNode compared(ObjectNode inputs) {
    var copy = inputs.deepCopy();
    if (Wire.revealed(copy.path("registry")) instanceof ObjectNode registry) {
      registry.remove(List.of("username", "password"));
    }
    return copy;
  }

  @Override
  public ObjectNode foreseen(Subject subject, ObjectNode inputs) {
    return inputs
        .deepCopy()
        .put("repoDigest", Wire.UNKNOWN)
        .put("baseImageName", Wire.UNKNOWN)
        .put("registryServer", Wire.UNKNOWN);
  }

  @Override
  public Existing create(Subject subject, ObjectNode inputs) {
    var image = new Existing(Wire.plain(inputs).path("imageName").asText(), inputs, state(inputs));
    images.put(image.id(), image);
    return image;
  }

  @Override
  public ObjectNode update(Existing existing, Subject subject, ObjectNode inputs, boolean preview) {
    var state = state(inputs);
    if (!preview) {
      images.put(existing.id(), new Existing(existing.id(), inputs, state));
    }
    return state;
  }

  private ObjectNode state(ObjectNode inputs) {
    var plain = Wire.plain(inputs);
    var name = plain.path("imageName").asText();
    var build = plain.path("build");
    var from = Files.isRegularFile(dockerfile(build)) ? Digests.ofFile(dockerfile(build)) : "";
    var digest = Digests.of(build + from);
    var computed =
        JsonNodeFactory.instance
            .objectNode()
            .put("baseImageName", name)
            .put("repoDigest", name.replaceFirst(":[\\w.-]+$", "") + "@sha256:" + digest)
            .put("registryServer", plain.path("registry").path("server").asText());
    return (ObjectNode) Wire.overlay(computed, inputs);
  }

  @Override
  public Optional<Existing> read(Subject subject, String id) {
    return Optional.ofNullable(images.get(id));
  }

  /** An image stays in its registry. */
  @Override
  public void delete(Subject subject, String id) {
    images.remove(id);
  }
}
