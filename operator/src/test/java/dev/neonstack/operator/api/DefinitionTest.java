package dev.neonstack.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The definition of the kind and the classes that read its objects say the same. */
class DefinitionTest {
  private static final Map<Class<?>, String> TYPES =
      Map.of(
          String.class, "string",
          Boolean.class, "boolean",
          Integer.class, "integer/int32",
          Long.class, "integer/int64",
          Quantity.class, "int-or-string");

  @Test
  void kindGroupAndNamesAreThoseOfTheClass() throws IOException {
    var spec = definition().path("spec");

    assertThat(spec.path("group").asText()).isEqualTo(HasMetadata.getGroup(NeonCompute.class));
    assertThat(spec.path("names").path("kind").asText())
        .isEqualTo(HasMetadata.getKind(NeonCompute.class));
    assertThat(spec.path("names").path("plural").asText())
        .isEqualTo(HasMetadata.getPlural(NeonCompute.class));
    assertThat(spec.path("names").path("shortNames").get(0).asText())
        .isEqualTo(CustomResource.getShortNames(NeonCompute.class)[0]);
    assertThat(version().path("name").asText())
        .isEqualTo(HasMetadata.getVersion(NeonCompute.class));
    assertThat(definition().path("metadata").path("name").asText())
        .isEqualTo(new NeonCompute().getCRDName());
  }

  @Test
  void everyFieldOfTheSpecIsDefinedAndRead() throws IOException {
    assertThat(defined("spec")).isEqualTo(read(NeonComputeSpec.class));
  }

  @Test
  void everyFieldOfTheStatusIsDefinedAndWritten() throws IOException {
    var written = read(NeonComputeStatus.class);

    assertThat(defined("status")).isEqualTo(written);
  }

  @Test
  void everyPhaseIsDefined() throws IOException {
    assertThat(words(schema().path("status").path("properties").path("phase").path("enum")))
        .containsExactlyElementsOf(
            Arrays.stream(Phase.values()).map(DefinitionTest::word).toList());
  }

  @Test
  void columnsAreInTheOrderInWhichTheyAreRead() throws IOException {
    assertThat(words(version().path("additionalPrinterColumns"), "name"))
        .containsExactly("Phase", "Branch", "Host", "Size", "Last Active", "Age");
  }

  @Test
  void everyRuleSaysWhatIsAllowed() throws IOException {
    assertThat(schema().findValues("x-kubernetes-validations"))
        .allSatisfy(
            rules ->
                assertThat(rules)
                    .allSatisfy(rule -> assertThat(rule.path("message").asText()).isNotBlank()));
  }

  @Test
  void anObjectIsReadAsItWasGiven() {
    var compute =
        Serialization.unmarshal(
            """
            apiVersion: neon.io/v1
            kind: NeonCompute
            metadata: {name: dev-feature-compute}
            spec:
              tenantId: de200bd42b49cc1814412c7e592dd6e9
              timelineId: b3b845107e58ea5e3c0a67ef3fe24da2
              resources: {memory: 4Gi, cpu: 2}
              suspend: {enabled: true, idleTimeout: 300}
            """,
            NeonCompute.class);

    assertThat(compute.getSpec().resources())
        .isEqualTo(new Resources(new Quantity("2"), new Quantity("4Gi")));
    assertThat(compute.getSpec().suspend()).isEqualTo(new Suspend(true, 300));
    assertThat(compute.getSpec().image()).isNull();
    assertThat(compute.getStatus()).isNull();
  }

  private static JsonNode definition() throws IOException {
    try (var file = DefinitionTest.class.getResourceAsStream("/neoncomputes.neon.io.yaml")) {
      return new YAMLMapper().readTree(file);
    }
  }

  private static JsonNode version() throws IOException {
    return definition().path("spec").path("versions").get(0);
  }

  private static JsonNode schema() throws IOException {
    return version().path("schema").path("openAPIV3Schema").path("properties");
  }

  private static Map<String, String> defined(String part) throws IOException {
    var found = new TreeMap<String, String>();
    define("", schema().path(part), found);
    return found;
  }

  private static void define(String path, JsonNode schema, Map<String, String> found) {
    if (schema.has("properties")) {
      for (var field : schema.path("properties").properties()) {
        define(path + "." + field.getKey(), field.getValue(), found);
      }
    } else if (schema.path("type").asText().equals("array")) {
      define(path + "[]", schema.path("items"), found);
    } else if (schema.has("additionalProperties")) {
      define(path + "{}", schema.path("additionalProperties"), found);
    } else {
      found.put(path, type(schema));
    }
  }

  private static String type(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return "int-or-string";
    }
    var type = schema.path("type").asText();
    return type.equals("integer") ? type + "/" + schema.path("format").asText() : type;
  }

  private static Map<String, String> read(Class<?> type) {
    var found = new TreeMap<String, String>();
    read("", type, found);
    return found;
  }

  private static void read(String path, Type type, Map<String, String> found) {
    if (type instanceof ParameterizedType generic) {
      var arguments = generic.getActualTypeArguments();
      var list = generic.getRawType() == List.class;
      read(path + (list ? "[]" : "{}"), arguments[arguments.length - 1], found);
    } else if (type == Condition.class) {
      for (var field : List.of("type", "status", "lastTransitionTime", "reason", "message")) {
        found.put(path + "." + field, "string");
      }
      found.put(path + ".observedGeneration", "integer/int64");
    } else if (type instanceof Class<?> one && one.isRecord()) {
      for (RecordComponent component : one.getRecordComponents()) {
        read(path + "." + component.getName(), component.getGenericType(), found);
      }
    } else if (type instanceof Class<?> one && one.isEnum()) {
      found.put(path, "string");
    } else {
      found.put(path, TYPES.get(type));
    }
  }

  private static String word(Phase phase) {
    try {
      return Phase.class.getField(phase.name()).getAnnotation(JsonProperty.class).value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> words(JsonNode list) {
    return stream(list.elements()).map(JsonNode::asText).toList();
  }

  private static List<String> words(JsonNode list, String field) {
    return stream(list.elements()).map(item -> item.path(field).asText()).toList();
  }

  private static java.util.stream.Stream<JsonNode> stream(Iterator<JsonNode> elements) {
    Iterable<JsonNode> all = () -> elements;
    return StreamSupport.stream(all.spliterator(), false);
  }
}
