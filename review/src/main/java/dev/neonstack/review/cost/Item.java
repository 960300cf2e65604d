package dev.neonstack.review.cost;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * One line of a bill.
 *
 * @param what it is for, unique in an estimate
 * @param quantity how many of the unit
 * @param unit such as {@code t3.large} or {@code GiB}
 * @param price of one unit; empty when the table has none
 * @param note what a reader should know; may be empty
 */
public record Item(
    String what, BigDecimal quantity, String unit, Optional<Price> price, String note) {
  /** Wants all of it. */
  public Item {
    requireNonNull(what, "what is null");
    requireNonNull(quantity, "quantity is null");
    requireNonNull(unit, "unit is null");
    requireNonNull(price, "price is null");
    requireNonNull(note, "note is null");
  }

  /** US dollars a month, rounded to cents; empty when there is no price. */
  public Optional<BigDecimal> perMonth() {
    return price.map(one -> one.perMonth().multiply(quantity).setScale(2, RoundingMode.HALF_UP));
  }
}
