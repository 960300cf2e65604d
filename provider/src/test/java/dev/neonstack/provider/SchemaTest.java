package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.provider.resource.Handlers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pulumirpc.Provider.GetSchemaRequest;

/** The schema says what the handlers do, and the committed SDK is made from it. */
class SchemaTest {
  private static final Path SDK = Path.of("../sdk/src/main/java/dev/neonstack/sdk");
  private static final Pattern IMPORT = Pattern.compile("@Import\\(name=\"(\\w+)\"");
  private static final Pattern EXPORT = Pattern.compile("@Export\\(name=\"(\\w+)\"");

  private final Handlers handlers = new Handlers();
  private final JsonNode schema = served();

  private static JsonNode served() {
    try (var engine = new Engine()) {
      var answer = engine.provider().getSchema(GetSchemaRequest.getDefaultInstance());
      return new ObjectMapper().readTree(answer.getSchema());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private JsonNode resource(String type) {
    return schema.path("resources").path("neonstack:index:" + type);
  }

  private static Set<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Project", "Branch", "Endpoint", "Role", "Database", "SigningKey", "Token"})
  void theSchemaSaysWhatTheTableDoes(String type) {
    var handler = handlers.resource("neonstack:index:" + type).orElseThrow();
    var inputs = resource(type).path("inputProperties");

    assertThat(names(inputs)).isEqualTo(new TreeSet<>(handler.table().names()));
    for (var property : handler.table().properties()) {
      var described = inputs.path(property.name());
      assertThat(described.path("willReplaceOnChanges").asBoolean())
          .as(property.name())
          .isEqualTo(property.replaces());
      assertThat(described.path("description").asText())
          .as(property.name())
          .contains(property.replaces() ? "A change" : "A change is made in place");
    }
    var needed =
        handler.table().properties().stream()
            .filter(property -> property.required())
            .map(property -> property.name())
            .collect(Collectors.toSet());
    assertThat(texts(resource(type).path("requiredInputs"))).isEqualTo(needed);
    assertThat(names(resource(type).path("properties"))).containsAll(handler.computed());
  }

  private static Set<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.asText()));
    return Set.copyOf(texts);
  }

  @Test
  void everyScopeIsInTheSchema() {
    var scopes = new TreeSet<String>();
    schema
        .path("types")
        .path("neonstack:index:Scope")
        .path("enum")
        .forEach(scope -> scopes.add(scope.path("value").asText()));
    assertThat(scopes)
        .isEqualTo(
            Arrays.stream(Scope.values())
                .map(Scope::word)
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyFunctionIsServed() {
    assertThat(names(schema.path("functions")))
        .isEqualTo(new TreeSet<>(handlers.functions().keySet()));
    handlers
        .functions()
        .forEach(
            (token, function) -> {
              var described = schema.path("functions").path(token);
              assertThat(names(described.path("inputs").path("properties")))
                  .isEqualTo(new TreeSet<>(function.table().names()));
              assertThat(names(described.path("outputs").path("properties")))
                  .isEqualTo(new TreeSet<>(function.results()));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Project", "Branch", "Endpoint", "Role", "Database", "SigningKey", "Token"})
  void theSdkHasTheResourcesOfTheSchema(String type) throws IOException {
    assertThat(found(IMPORT, type + "Args.java"))
        .isEqualTo(names(resource(type).path("inputProperties")));
    assertThat(found(EXPORT, type + ".java")).isEqualTo(names(resource(type).path("properties")));
  }

  @Test
  void theSdkHasTheProviderAndTheFunctionsOfTheSchema() throws IOException {
    assertThat(found(IMPORT, "ProviderArgs.java"))
        .isEqualTo(names(schema.path("provider").path("inputProperties")));
    for (var token : names(schema.path("functions"))) {
      var name = token.substring(token.lastIndexOf(':') + 1);
      var file = "inputs/" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      assertThat(found(IMPORT, file + "Args.java"))
          .isEqualTo(names(schema.path("functions").path(token).path("inputs").path("properties")));
    }
  }

  @Test
  void theDescriptionsOfTheSdkAreThoseOfTheSchema() throws IOException {
    for (var type : List.of("Project", "Branch", "Endpoint", "Role", "Database", "Token")) {
      var source = plain(Files.readString(SDK.resolve(type + "Args.java")));
      for (var property : resource(type).path("inputProperties")) {
        assertThat(source).contains(plain(property.path("description").asText()));
      }
    }
  }

  private static String plain(String text) {
    return text.replaceAll("&#39;|&lt;|&gt;|&amp;|[^A-Za-z0-9]", "");
  }

  private static Set<String> found(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(SDK.resolve(file)))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void theVersionIsThatOfTheSdk() throws IOException {
    var version = Path.of("../sdk/src/main/resources/dev/neonstack/neonstack/version.txt");
    assertThat(Files.readString(version).strip()).isEqualTo(ProviderService.VERSION);
    assertThat(schema.path("version").asText()).isEqualTo(ProviderService.VERSION);
  }
}
