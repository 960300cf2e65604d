package dev.neonstack.review.cost;

import static java.util.Objects.requireNonNull;

import dev.neonstack.review.Declared;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What declared resources cost a month of 730 hours, in US dollars on demand.
 *
 * @param date of the prices
 * @param region of the prices
 * @param items each from a resource that is declared
 * @param assumptions amounts that no declaration says
 * @param notIncluded what a bill has beside
 */
public record Estimate(
    LocalDate date,
    String region,
    List<Item> items,
    List<String> assumptions,
    List<String> notIncluded) {
  /** Keeps its own copies. */
  public Estimate {
    requireNonNull(date, "date is null");
    requireNonNull(region, "region is null");
    items = List.copyOf(items);
    assumptions = List.copyOf(assumptions);
    notIncluded = List.copyOf(notIncluded);
  }

  /** Estimates all resources together. */
  public static Estimate of(List<Declared> declared, PriceTable prices, Usage usage) {
    var bill = new Bill(declared, prices, usage);
    if (bill.isOnAws()) {
      new ClusterCosts(bill).add();
      new NodeCosts(bill).add();
      new VolumeCosts(bill).add();
      new StorageCosts(bill).add();
      new NetworkCosts(bill).add();
    }
    return bill.estimate();
  }

  /** The sum of all items that have a price. */
  public BigDecimal total() {
    return items.stream()
        .map(Item::perMonth)
        .flatMap(Optional::stream)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(2);
  }

  /** Whether every item has a price; else the total is the least it costs. */
  public boolean isComplete() {
    return items.stream().allMatch(item -> item.price().isPresent());
  }

  /** The total for people: {@code $380.10}, or {@code at least $380.10}. */
  public String totalText() {
    return (isComplete() ? "" : "at least ") + "$" + total();
  }

  /** The same as plain values, for JSON and for the outputs of a stack. */
  public Map<String, Object> summary() {
    var summary = new LinkedHashMap<String, Object>();
    summary.put("perMonth", totalText());
    summary.put("pricesOf", date.toString());
    summary.put("region", region);
    var lines = new LinkedHashMap<String, Object>();
    items.forEach(
        item ->
            lines.put(item.what(), item.perMonth().map(amount -> "$" + amount).orElse("no price")));
    summary.put("items", lines);
    summary.put("assumptions", assumptions);
    summary.put("notIncluded", notIncluded);
    return summary;
  }
}
