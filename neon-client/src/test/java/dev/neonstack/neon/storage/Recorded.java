package dev.neonstack.neon.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers recorded from real Neon servers, by name. */
final class Recorded {
  private static final JsonNode ALL = load();

  private Recorded() {}

  static Answer answer(String name) {
    var answer = ALL.get(name);
    if (answer == null) {
      throw new IllegalArgumentException("nothing is recorded as " + name);
    }
    return new Answer(answer.get("status").asInt(), answer.get("body").toString());
  }

  private static JsonNode load() {
    try (var in = Recorded.class.getResourceAsStream("recorded.json")) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
