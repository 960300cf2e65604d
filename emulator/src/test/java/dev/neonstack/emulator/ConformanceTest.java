package dev.neonstack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.auth.SigningKeyPair;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real pageserver answered, asked again: same status, same shape of the body, same fixed
 * values and message. The exchanges lie in resources, with names for the ids of that run; those
 * that are left out lie beside them, each with its reason.
 */
class ConformanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("\\{(id\\d+)(\\^?)}");
  private static final SigningKeyPair KEY = SigningKeyPair.draw();

  private static final String GOOD = "{\"scope\":\"pageserverapi\"}";

  @TempDir Path folder;
  private final Map<String, String> ids = new HashMap<>();
  private final List<String> differences = new ArrayList<>();

  @Test
  void theAnswersAreThoseOfAPageserver() throws IOException {
    replay("exchanges.jsonl", UnaryOperator.identity());
  }

  @Test
  void theTokenIsAskedForAsAPageserverDoes() throws IOException {
    replay("exchanges-auth.jsonl", config -> config.withKey(KEY.publicKey()));
  }

  @Test
  void everyExchangeLeftOutHasItsReason() throws IOException {
    assertThat(read("exchanges-excluded.jsonl"))
        .isNotEmpty()
        .allSatisfy(exchange -> assertThat(exchange.get("reason").asText()).isNotBlank());
  }

  private void replay(String resource, UnaryOperator<EmulatorConfig> configure) throws IOException {
    try (var emulator = new EmulatorHarness(folder, configure)) {
      emulator.data().failVersion(14);
      for (var exchange : read(resource)) {
        step(emulator, exchange);
      }
    }
    assertThat(differences).isEmpty();
  }

  private void step(EmulatorHarness emulator, JsonNode exchange) {
    var name = exchange.get("name").asText();
    if (exchange.has("history")) {
      writeHistory(emulator, exchange);
    } else if (exchange.has("await")) {
      var path = named(exchange.get("await").asText());
      var method = exchange.get("method").asText();
      EmulatorHarness.await(
          name, () -> emulator.call(method, path).status() == exchange.get("status").asInt());
    } else {
      compare(name, exchange, ask(emulator, exchange));
    }
  }

  private EmulatorHarness.Reply ask(EmulatorHarness emulator, JsonNode exchange) {
    var method = exchange.get("method").asText();
    var path = named(exchange.get("path").asText());
    var body =
        exchange.has("body")
            ? new String[] {named(exchange.get("body").asText())}
            : new String[] {};
    return emulator.callAs(authorization(exchange), method, path, body);
  }

  private String authorization(JsonNode exchange) {
    var token = exchange.path("token");
    if (token.isObject()) {
      return "Bearer " + Jwt.signed(KEY, named(token.toString()));
    }
    var good = Jwt.signed(KEY, GOOD);
    return switch (token.asText("none")) {
      case "good" -> "Bearer " + good;
      case "trailing" -> "Bearer " + good + " ";
      case "double" -> "Bearer  " + good;
      case "garbage" -> "Bearer not-a-token";
      case "foreign" -> "Bearer " + Jwt.signed(SigningKeyPair.draw(), GOOD);
      case "unsigned" -> "Bearer " + Jwt.unsigned(GOOD);
      case "empty" -> "Bearer ";
      case "basic" -> "Basic " + good;
      case "bare" -> good;
      case "none" -> "";
      default -> throw new IllegalArgumentException(exchange.toString());
    };
  }

  private void writeHistory(EmulatorHarness emulator, JsonNode exchange) {
    var timeline = TimelineId.of(named(exchange.get("history").asText()));
    exchange
        .get("commits")
        .properties()
        .forEach(
            commit ->
                emulator
                    .data()
                    .commit(
                        timeline,
                        Lsn.parse(commit.getKey()),
                        Instant.parse(commit.getValue().asText())));
    emulator.data().setHead(timeline, Lsn.parse(exchange.get("head").asText()));
  }

  private void compare(String name, JsonNode exchange, EmulatorHarness.Reply reply) {
    if (reply.status() != exchange.get("status").asInt()) {
      differences.add(
          name
              + ": "
              + reply.status()
              + ", expected "
              + exchange.get("status")
              + " "
              + reply.raw().body());
      return;
    }
    if (exchange.has("message")) {
      compareMessage(name, named(exchange.get("message").asText()), reply.message());
    }
    if (exchange.has("shape")) {
      compareShape(name, exchange.get("shape"), reply.body());
    }
    exchange
        .path("fixed")
        .properties()
        .forEach(
            entry -> {
              var wanted = named(entry.getValue().asText());
              var got = reply.body().get(entry.getKey()).asText();
              if (!wanted.equals(got)) {
                differences.add(name + "." + entry.getKey() + ": " + got + ", expected " + wanted);
              }
            });
  }

  private void compareMessage(String name, String wanted, String got) {
    var same =
        wanted.endsWith("…")
            ? got.startsWith(wanted.substring(0, wanted.length() - 1))
            : got.equals(wanted);
    if (!same) {
      differences.add(name + ": says '" + got + "', expected '" + wanted + "'");
    }
  }

  /** Null stands for any kind, as optional fields have it in either. */
  private void compareShape(String where, JsonNode shape, JsonNode got) {
    if (shape.isNull() || got.isNull()) {
      return;
    }
    if (shape.isTextual()) {
      var kind = got.getNodeType().name().toLowerCase(Locale.ROOT);
      if (!kind.equals(shape.asText())) {
        differences.add(where + ": a " + kind + ", expected a " + shape.asText());
      }
    } else if (shape.isArray()) {
      if (!got.isArray()) {
        differences.add(where + ": expected a list");
      } else if (!shape.isEmpty() && !got.isEmpty()) {
        compareShape(where + "[0]", shape.get(0), got.get(0));
      }
    } else {
      compareFields(where, shape, got);
    }
  }

  private void compareFields(String where, JsonNode shape, JsonNode got) {
    var wanted = new ArrayList<String>();
    var found = new ArrayList<String>();
    shape.fieldNames().forEachRemaining(wanted::add);
    got.fieldNames().forEachRemaining(found::add);
    wanted.sort(null);
    found.sort(null);
    if (!wanted.equals(found)) {
      differences.add(where + ": fields " + found + ", expected " + wanted);
      return;
    }
    wanted.forEach(field -> compareShape(where + "." + field, shape.get(field), got.get(field)));
  }

  private String named(String text) {
    return NAME.matcher(text)
        .replaceAll(
            match -> {
              var id = ids.computeIfAbsent(match.group(1), key -> TenantId.random().value());
              return match.group(2).isEmpty() ? id : id.toUpperCase(Locale.ROOT);
            });
  }

  private static List<JsonNode> read(String resource) throws IOException {
    try (var stream = ConformanceTest.class.getResourceAsStream(resource)) {
      var exchanges = new ArrayList<JsonNode>();
      for (var line : new String(stream.readAllBytes(), UTF_8).split("\n", -1)) {
        if (!line.isBlank()) {
          exchanges.add(JSON.readTree(line));
        }
      }
      return exchanges;
    }
  }
}
