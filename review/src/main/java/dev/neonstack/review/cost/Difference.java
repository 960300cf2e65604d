package dev.neonstack.review.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a change of declared resources changes of their cost.
 *
 * @param changes only what differs
 * @param total US dollars a month, of all that has a price
 * @param complete whether everything that changes has a price
 */
public record Difference(List<Change> changes, BigDecimal total, boolean complete) {
  /** Keeps its own copy. */
  public Difference {
    requireNonNull(total, "total is null");
    changes = List.copyOf(changes);
  }

  /** An item that appears, goes or changes. */
  public record Change(String what, Optional<Item> before, Optional<Item> after) {
    /** Wants all of it. */
    public Change {
      requireNonNull(what, "what is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }

    /** US dollars a month; empty when either has no price. */
    public Optional<BigDecimal> perMonth() {
      return amount(after).flatMap(now -> amount(before).map(now::subtract));
    }

    private static Optional<BigDecimal> amount(Optional<Item> item) {
      return item.isEmpty() ? Optional.of(BigDecimal.ZERO) : item.get().perMonth();
    }
  }

  /** Compares item by item. */
  public static Difference of(Estimate before, Estimate after) {
    var names = new LinkedHashSet<String>();
    after.items().forEach(item -> names.add(item.what()));
    before.items().forEach(item -> names.add(item.what()));
    var changes = new ArrayList<Change>();
    for (var name : names) {
      var change = new Change(name, find(before, name), find(after, name));
      if (!change.before().equals(change.after())) {
        changes.add(change);
      }
    }
    return new Difference(
        changes,
        after.total().subtract(before.total()),
        changes.stream().allMatch(change -> change.perMonth().isPresent()));
  }

  /** The total for people, such as {@code + $312.40 a month}. */
  public String totalText() {
    return signed(total) + " a month" + (complete ? "" : ", and what has no price");
  }

  /** An amount for people, with its sign. */
  public static String signed(BigDecimal amount) {
    return (amount.signum() < 0 ? "- $" : "+ $") + amount.abs().setScale(2);
  }

  private static Optional<Item> find(Estimate estimate, String name) {
    return estimate.items().stream().filter(item -> item.what().equals(name)).findFirst();
  }
}
