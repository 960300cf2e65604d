package dev.neonstack.stacks.config.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Optional;

/** The settings of a stack as sections, one for each key. */
public final class Sections {
  private final Settings settings;
  private final Problems problems;

  public Sections(Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
  }

  public Problems problems() {
    return problems;
  }

  public boolean has(String key) {
    return settings.get(key).isPresent();
  }

  public Optional<String> text(String key) {
    return settings.get(key);
  }

  public boolean flag(String key) {
    var text = settings.get(key).orElse("false");
    if (!List.of("true", "false").contains(text)) {
      problems.wrong(key, text, "true or false", "Write it without quotes.");
    }
    return text.equals("true");
  }

  /** The object under the key; an empty one when it is absent or wrong. */
  public Section section(String key, List<String> keys) {
    var empty = JsonNodeFactory.instance.objectNode();
    return Section.object(json(key, empty), key, problems, keys)
        .or(() -> Section.object(empty, key, problems, keys))
        .orElseThrow();
  }

  /** The objects of the list under the key. */
  public List<Section> list(String key, List<String> keys) {
    return Section.list(json(key, JsonNodeFactory.instance.arrayNode()), key, problems, keys);
  }

  private JsonNode json(String key, JsonNode absent) {
    var text = settings.get(key);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      return JsonMapper.builder().build().readTree(text.get());
    } catch (JsonProcessingException notJson) {
      problems.wrongKind(key, "text", "settings", "Write them as key: value.");
      return absent;
    }
  }
}
