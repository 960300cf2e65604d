package dev.neonstack.it.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes up ids and outputs; the same again for the same thing. */
final class Templates {
  static final String ACCOUNT = "111122223333";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final Pattern PART = Pattern.compile("\\{(\\w+)(?::(\\w+))?}");
  private static final String REVISION = "{revision}";
  private static final int DIGITS = 10;
  private static final int LETTERS_AND_DIGITS = 36;

  private final String region;
  private final String seed;
  private final int revision;
  private final ObjectNode known;

  /**
   * Templates for one thing.
   *
   * @param seed what tells it from all others
   * @param revision how often it has been changed, the making of it included
   */
  Templates(String region, String seed, int revision, ObjectNode inputs) {
    this.region = region;
    this.seed = seed;
    this.revision = revision;
    this.known = inputs.deepCopy();
  }

  /** The id, which outputs may name. */
  String id(String template) {
    var id = text("id", template);
    known.put("id", id);
    return id;
  }

  /** An output, which those after it may name. */
  JsonNode output(String name, JsonNode template) {
    var value = value(name, template);
    known.set(name, value);
    return value;
  }

  private JsonNode value(String name, JsonNode template) {
    if (template.isObject()) {
      var object = JSON.objectNode();
      template
          .properties()
          .forEach(field -> object.set(field.getKey(), value(name, field.getValue())));
      return object;
    }
    if (template.isArray()) {
      var array = JSON.arrayNode();
      template.forEach(item -> array.add(value(name, item)));
      return array;
    }
    if (template.asText().equals(REVISION)) {
      return JSON.numberNode(revision);
    }
    return template.isTextual() ? JSON.textNode(text(name, template.asText())) : template;
  }

  private String text(String name, String template) {
    return PART.matcher(template).replaceAll(part -> Matcher.quoteReplacement(part(name, part)));
  }

  private String part(String name, MatchResult part) {
    return switch (part.group(1)) {
      case "region" -> region;
      case "account" -> ACCOUNT;
      case "hex" -> random(name, part.group(2), 16);
      case "digits" -> random(name, part.group(2), DIGITS);
      case "upper" -> random(name, part.group(2), LETTERS_AND_DIGITS).toUpperCase(Locale.ROOT);
      case "uuid" -> UUID.nameUUIDFromBytes((seed + name).getBytes(UTF_8)).toString();
      case "bare" -> named(part.group(2)).replaceFirst("https://", "");
      default -> named(part.group(1));
    };
  }

  private String named(String property) {
    return Wire.revealed(known.path(property)).asText();
  }

  private String random(String name, String length, int radix) {
    try {
      var digest = MessageDigest.getInstance("SHA-512").digest((seed + name).getBytes(UTF_8));
      return new BigInteger(1, digest).toString(radix).substring(0, Integer.parseInt(length));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
