package dev.neonstack.emulator.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON object of a request; what is wrong with it is said as a pageserver says it. */
final class JsonBody {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Pattern NOT_HEX = Pattern.compile("[^0-9A-Fa-f]");
  private static final int ID_DIGITS = 32;

  private final ObjectNode node;
  private final int length;

  private JsonBody(ObjectNode node, int length) {
    this.node = node;
    this.length = length;
  }

  static JsonBody parse(byte[] bytes) {
    if (bytes.length == 0) {
      throw ApiError.badRequest("missing request body");
    }
    JsonNode parsed;
    try {
      parsed = MAPPER.readTree(bytes);
    } catch (JsonEOFException e) {
      throw malformed("EOF while parsing a value", bytes.length);
    } catch (JsonProcessingException e) {
      var place = Optional.ofNullable(e.getLocation()).map(JsonLocation::getColumnNr).orElse(1);
      throw malformed("expected value", Math.max(1, place));
    } catch (IOException e) {
      throw malformed("expected value", bytes.length);
    }
    if (parsed instanceof ObjectNode object) {
      return new JsonBody(object, bytes.length);
    }
    throw malformed("invalid type, expected an object", bytes.length);
  }

  ObjectNode node() {
    return node;
  }

  /** Refuses any field but these. */
  void allowOnly(Set<String> fields) {
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!fields.contains(name)) {
                throw refuse("unknown field `" + name + "`");
              }
            });
  }

  JsonNode required(String field) {
    return optional(field).orElseThrow(() -> refuse("missing field `" + field + "`"));
  }

  /** A field that is there and not null. */
  Optional<JsonNode> optional(String field) {
    return Optional.ofNullable(node.get(field)).filter(value -> !value.isNull());
  }

  /** A whole number from 0 to the most. */
  long number(String field, JsonNode value, long most) {
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > most) {
      throw refuse(field + ": invalid value: " + named(value) + ", expected u64");
    }
    return value.longValue();
  }

  TimelineId timelineId(String field) {
    return TimelineId.of(id(field));
  }

  TenantId tenantId(String field) {
    return TenantId.of(id(field));
  }

  ApiError refuse(String problem) {
    return malformed(problem, length);
  }

  private String id(String field) {
    var value = required(field);
    if (!value.isTextual()) {
      throw refuse(
          field + ": invalid type: " + named(value) + ", expected value in form of hex string");
    }
    var text = value.asText();
    if (text.length() % 2 != 0) {
      throw refuse(field + ": Odd number of digits");
    }
    if (text.length() != ID_DIGITS) {
      throw refuse(field + ": Invalid string length");
    }
    Matcher wrong = NOT_HEX.matcher(text);
    if (wrong.find()) {
      throw refuse(
          field + ": Invalid character '" + wrong.group() + "' at position " + wrong.start());
    }
    return text;
  }

  /** A value as Rust names it in a message. */
  static String named(JsonNode value) {
    if (value.isIntegralNumber()) {
      return "integer `" + value.asText() + "`";
    }
    if (value.isTextual()) {
      return "string " + ApiError.quote(value.asText());
    }
    return value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static ApiError malformed(String problem, int column) {
    return ApiError.badRequest(
        "Failed to parse json request: " + problem + " at line 1 column " + column);
  }
}
