package dev.neonstack.components;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares objects with the YAML in {@code src/test/resources/golden}. With {@code
 * -Dneonstack.golden=write} it writes the YAML instead, to be read in the diff.
 */
public final class Golden {
  private static final Path DIRECTORY = Path.of("src", "test", "resources", "golden");
  private static final ObjectWriter YAML =
      YAMLMapper.builder()
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build()
          .writer();

  private Golden() {}

  /** Fails unless the objects are those of {@code golden/NAME.yaml}. */
  public static void assertSame(String name, RecordedCluster cluster) {
    var file = DIRECTORY.resolve(name + ".yaml");
    var actual = yaml(cluster.objects());
    try {
      if (System.getProperty("neonstack.golden", "compare").equals("write")) {
        Files.createDirectories(DIRECTORY);
        Files.writeString(file, actual);
      }
      assertThat(actual)
          .as("%s; run the test with -Dneonstack.golden=write to accept what is new", file)
          .isEqualTo(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String yaml(List<RecordedCluster.Recorded> objects) {
    var text = new StringBuilder();
    for (var object : objects) {
      try {
        text.append(YAML.writeValueAsString(plain(object.inputs())));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(object.name(), e);
      }
    }
    return text.toString();
  }

  private static Object plain(Object value) {
    if (value instanceof Output<?> output) {
      return plain(PulumiTest.extractValue(output));
    }
    if (value instanceof Optional<?> optional) {
      return optional.map(Golden::plain).orElse(null);
    }
    if (value instanceof Map<?, ?> map) {
      var sorted = new TreeMap<String, Object>();
      map.forEach((key, inside) -> sorted.put(key.toString(), plain(inside)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(Golden::plain).toList();
    }
    if (value instanceof Double number && number == Math.rint(number)) {
      return number.longValue();
    }
    return value;
  }
}
