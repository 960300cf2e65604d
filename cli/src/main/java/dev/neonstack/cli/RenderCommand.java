package dev.neonstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.review.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Writes the Kubernetes objects of a preview ({@code pulumi preview --json}) as YAML, to be read
 * before they are made. Secrets are masked; what is known only afterwards is said so.
 */
@Command(name = "render", description = "The Kubernetes objects of a stack as YAML.")
public final class RenderCommand implements Callable<Integer> {
  private static final List<String> GONE = List.of("delete", "delete-replaced", "discard");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private final Surroundings surroundings;

  @Option(names = "--preview", required = true, paramLabel = "FILE")
  private Path preview;

  @Parameters(arity = "0..1", paramLabel = "DIR")
  private Path folder;

  RenderCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    var documents = documents(new ObjectMapper().readTree(preview.toFile()));
    if (documents.isEmpty()) {
      throw new IllegalArgumentException("the stack has no Kubernetes objects");
    }
    if (folder == null) {
      documents.values().forEach(surroundings.out()::print);
      return 0;
    }
    Files.createDirectories(folder);
    documents.forEach(this::write);
    surroundings.out().println(documents.size() + " objects written to " + folder);
    return 0;
  }

  private void write(String name, String document) {
    try {
      Files.writeString(folder.resolve(name + ".yaml"), document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> documents(JsonNode preview) throws IOException {
    var documents = new TreeMap<String, String>();
    for (var step : preview.path("steps")) {
      var state = step.path("newState");
      var isObject = state.path("type").asText().startsWith("kubernetes:");
      if (isObject && !GONE.contains(step.path("op").asText())) {
        var object = shown(state.path("inputs"), false);
        var secret = object.path("kind").asText().equals("Secret");
        documents.put(name(object), YAML.writeValueAsString(secret ? masked(object) : object));
      }
    }
    return documents;
  }

  private static String name(JsonNode object) {
    var metadata = object.path("metadata");
    var parts =
        List.of(
            object.path("kind").asText("object"),
            metadata.path("namespace").asText(),
            metadata.path("name").asText());
    var name = String.join("-", parts.stream().filter(part -> !part.isEmpty()).toList());
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "_");
  }

  /** Whatever Pulumi thinks of it, the content of a Secret is one. */
  private static JsonNode masked(JsonNode secret) {
    var fields = JsonNodeFactory.instance.objectNode();
    secret
        .properties()
        .forEach(
            field -> {
              var isContent = field.getKey().endsWith("ata") && !field.getKey().equals("metadata");
              fields.set(field.getKey(), shown(field.getValue(), isContent));
            });
    return fields;
  }

  private static JsonNode shown(JsonNode value, boolean hidden) {
    if (Values.isSecret(value)) {
      return TextNode.valueOf("[secret]");
    }
    if (value.isObject()) {
      var sorted = new TreeMap<String, JsonNode>();
      value.properties().stream()
          .filter(field -> !field.getKey().startsWith("__"))
          .forEach(field -> sorted.put(field.getKey(), shown(field.getValue(), hidden)));
      var object = JsonNodeFactory.instance.objectNode();
      sorted.forEach(object::set);
      return object;
    }
    if (value.isArray()) {
      var list = JsonNodeFactory.instance.arrayNode();
      value.forEach(one -> list.add(shown(one, hidden)));
      return list;
    }
    if (hidden) {
      return TextNode.valueOf("[secret]");
    }
    return Values.isUnknown(value) ? TextNode.valueOf("[known after up]") : value;
  }
}
