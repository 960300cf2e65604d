package dev.neonstack.it.program;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import com.pulumi.resources.ResourceArgs;
import com.pulumi.resources.StackOptions;
import dev.neonstack.program.EngineRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Declares the Kubernetes objects of the YAML file that {@code IT_OBJECTS} names: those in a
 * namespace of the same file after it, and {@code stringData} as a secret.
 */
public final class ObjectsProgram {
  private static final ObjectMapper YAML = new YAMLMapper();

  private final Map<String, Resource> namespaces = new HashMap<>();

  private ObjectsProgram() {}

  public static void main(String[] arguments) {
    EngineRun.run(
        StackOptions.Empty,
        context -> new ObjectsProgram().declare(Path.of(System.getenv("IT_OBJECTS"))));
  }

  private void declare(Path file) {
    try (var manifests = YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(file.toFile())) {
      while (manifests.hasNext()) {
        declare(manifests.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void declare(ObjectNode manifest) {
    var name = manifest.path("metadata").path("name").asText();
    var kind = manifest.path("kind").asText();
    var apiVersion = manifest.path("apiVersion").asText();
    var type = "kubernetes:%s:%s".formatted(apiVersion.replaceFirst("^v1$", "core/v1"), kind);
    var options = CustomResourceOptions.builder();
    var namespace = namespaces.get(manifest.path("metadata").path("namespace").asText());
    if (namespace != null) {
      options.dependsOn(namespace);
    }
    var object =
        new CustomResource(type, kind + "-" + name, new Manifest(manifest), options.build());
    if (kind.equals("Namespace")) {
      namespaces.put(name, object);
    }
  }

  /** The SDK reads the fields by reflection. */
  @SuppressWarnings("UnusedVariable")
  private static final class Manifest extends ResourceArgs {
    @Import(name = "apiVersion")
    private final Output<Object> apiVersion;

    @Import(name = "kind")
    private final Output<Object> kind;

    @Import(name = "metadata")
    private final Output<Object> metadata;

    @Import(name = "spec")
    private final Output<Object> spec;

    @Import(name = "data")
    private final Output<Object> data;

    @Import(name = "stringData")
    private final Output<Object> stringData;

    Manifest(ObjectNode manifest) {
      apiVersion = field(manifest, "apiVersion");
      kind = field(manifest, "kind");
      metadata = field(manifest, "metadata");
      spec = field(manifest, "spec");
      data = field(manifest, "data");
      stringData =
          Optional.ofNullable(field(manifest, "stringData")).map(Output::asSecret).orElse(null);
    }

    private static Output<Object> field(ObjectNode manifest, String name) {
      return manifest.has(name)
          ? Output.of(YAML.convertValue(manifest.get(name), Object.class))
          : null;
    }
  }
}
