package dev.neonstack.review.cost;

import dev.neonstack.review.Declared;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An estimate in the making. */
final class Bill {
  private static final String PROVIDER = "pulumi:providers:aws";

  private final List<Declared> declared;
  private final PriceTable prices;
  private final Usage usage;
  private final List<Item> items = new ArrayList<>();
  private final List<String> assumptions = new ArrayList<>();
  private final List<String> notIncluded = new ArrayList<>();
  private final Optional<String> otherRegion;

  Bill(List<Declared> declared, PriceTable prices, Usage usage) {
    this.declared = List.copyOf(declared);
    this.prices = prices;
    this.usage = usage;
    this.otherRegion =
        of(PROVIDER)
            .map(provider -> provider.input("region").asText(prices.region()))
            .filter(region -> !region.isEmpty() && !region.equals(prices.region()))
            .findFirst();
  }

  Usage usage() {
    return usage;
  }

  Stream<Declared> of(String... types) {
    var wanted = List.of(types);
    return declared.stream().filter(one -> wanted.contains(one.type()));
  }

  /** Without anything of AWS nothing is on its bill. */
  boolean isOnAws() {
    return declared.stream()
        .anyMatch(one -> one.type().startsWith("aws:") || one.type().startsWith("eks:"));
  }

  void add(String what, BigDecimal quantity, String unit, String price, String note) {
    var found = otherRegion.isPresent() ? Optional.<Price>empty() : prices.find(price);
    var missing =
        otherRegion
            .map(region -> "the table has no prices of " + region)
            .orElse("the table has no " + price);
    var notes = found.isPresent() ? Stream.of(note) : Stream.of(missing, note);
    items.add(
        new Item(
            what,
            quantity,
            unit,
            found,
            String.join("; ", notes.filter(text -> !text.isEmpty()).toList())));
  }

  /** Adds what there are some of; nothing of what there is none of. */
  void addSome(String what, BigDecimal quantity, String unit, String price, String note) {
    if (quantity.signum() > 0) {
      add(what, quantity, unit, price, note);
    }
  }

  /** Adds what a price cannot be found for, and why. */
  void addWithoutPrice(String what, BigDecimal quantity, String unit, String why) {
    items.add(new Item(what, quantity, unit, Optional.empty(), why));
  }

  void assume(String sentence) {
    assumptions.add(sentence);
  }

  void leaveOut(String what) {
    notIncluded.add(what);
  }

  Estimate estimate() {
    return new Estimate(prices.date(), prices.region(), items, assumptions, notIncluded);
  }
}
