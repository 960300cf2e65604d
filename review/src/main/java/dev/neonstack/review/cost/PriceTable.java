package dev.neonstack.review.cost;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The prices of a region on a day.
 *
 * @param date when they were true
 * @param region the only one they are for
 * @param prices by names such as {@code ec2.t3.large}
 */
public record PriceTable(LocalDate date, String region, Map<String, Price> prices) {
  /** Names a file that takes the place of the shipped table. */
  public static final String VARIABLE = "NEONSTACK_PRICES";

  private static final String SHIPPED = "prices.yaml";
  private static final YAMLMapper YAML = new YAMLMapper();

  /** Keeps its own copy. */
  public PriceTable {
    requireNonNull(date, "date is null");
    requireNonNull(region, "region is null");
    prices = Map.copyOf(prices);
  }

  /** The shipped table, or the one the variable names. */
  public static PriceTable of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .filter(file -> !file.isBlank())
        .map(file -> file(Path.of(file)))
        .orElseGet(PriceTable::shipped);
  }

  /** The table of this release. */
  public static PriceTable shipped() {
    try (var stream = PriceTable.class.getResourceAsStream(SHIPPED)) {
      return read(SHIPPED, stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PriceTable file(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "%s is '%s', which is no file; allowed is a price table. Copy the shipped prices.yaml, or unset it."
              .formatted(VARIABLE, file));
    }
    try (var stream = Files.newInputStream(file)) {
      return read(file.toString(), stream);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PriceTable read(String name, InputStream stream) throws IOException {
    try {
      var table = YAML.readTree(stream);
      var prices = new HashMap<String, Price>();
      table.path("prices").properties().forEach(one -> prices.put(one.getKey(), price(one)));
      return new PriceTable(LocalDate.parse(text(table, "date")), text(table, "region"), prices);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(name + " is no YAML: " + e.getOriginalMessage(), e);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          name + ": date is no day; allowed is one such as 2026-11-24. Correct it.", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static Price price(Map.Entry<String, JsonNode> one) {
    var line = one.getValue();
    try {
      return new Price(
          new BigDecimal(text(line, "usd")),
          Price.Per.valueOf(text(line, "per").toUpperCase(Locale.ROOT)),
          text(line, "source"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "prices.%s is %s; allowed is {usd: NUMBER, per: hour or month, source: TEXT}. Correct it."
              .formatted(one.getKey(), line),
          e);
    }
  }

  private static String text(JsonNode node, String name) {
    var value = node.path(name).asText("");
    if (value.isBlank()) {
      throw new IllegalArgumentException(name + " is missing; allowed is a value. Add it.");
    }
    return value;
  }

  Optional<Price> find(String name) {
    return Optional.ofNullable(prices.get(name));
  }
}
