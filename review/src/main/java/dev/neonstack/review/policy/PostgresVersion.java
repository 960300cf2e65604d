package dev.neonstack.review.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A version of Postgres, such as 17.11.
 *
 * @param major such as 17
 * @param minor such as 11
 */
public record PostgresVersion(int major, int minor) {
  private static final JsonNode KNOWN = read();
  private static final Pattern COMPUTE =
      Pattern.compile("(?:.*/)?compute-node-v([0-9]+)(?:[:@].*)?");
  private static final Pattern DATABASE =
      Pattern.compile("(?:.*/)?[a-z0-9._-]*postgres[a-z0-9._-]*:([0-9]+)\\.([0-9]+)(?:[^0-9.].*)?");

  /**
   * The one in an image, as far as its name tells: of computes that Neon publishes by what is known
   * of them, of databases by their tag.
   */
  public static Optional<PostgresVersion> ofImage(String image) {
    var compute = COMPUTE.matcher(image);
    if (compute.matches()) {
      return ofNeon(Integer.parseInt(compute.group(1)));
    }
    var database = DATABASE.matcher(image);
    return database.matches()
        ? Optional.of(
            new PostgresVersion(
                Integer.parseInt(database.group(1)), Integer.parseInt(database.group(2))))
        : Optional.empty();
  }

  /** The one in computes of Neon's, published or built from its sources. */
  static Optional<PostgresVersion> ofNeon(int major) {
    var minor = KNOWN.path("neon").path(Integer.toString(major));
    return minor.isInt()
        ? Optional.of(new PostgresVersion(major, minor.intValue()))
        : Optional.empty();
  }

  /**
   * The versions that mend what this one still has, each with the faults, such as {@code 17.6
   * (CVE-2025-8713)}; empty when no fault is known.
   */
  public List<String> lacks() {
    return KNOWN.path("fixes").path(Integer.toString(major)).properties().stream()
        .filter(fix -> Integer.parseInt(fix.getKey()) > minor)
        .map(fix -> "%d.%s (%s)".formatted(major, fix.getKey(), faults(fix.getValue())))
        .toList();
  }

  private static String faults(JsonNode faults) {
    return String.join(", ", faults.valueStream().map(JsonNode::asText).toList());
  }

  private static JsonNode read() {
    try (var file = PostgresVersion.class.getResourceAsStream("postgres.yaml")) {
      return new YAMLMapper().readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
