package dev.neonstack.cli.stack;

import dev.neonstack.cli.TextTable;
import dev.neonstack.review.Preview;
import dev.neonstack.review.loss.Loss;
import dev.neonstack.review.loss.Losses;
import dev.neonstack.review.loss.Renames;
import dev.neonstack.review.plan.Plan;
import java.time.Instant;
import java.util.List;

/**
 * A plan as a person reads it.
 *
 * @param text what changes, what is lost by it, and what may be meant instead
 * @param losses what is lost
 */
record PlanText(String text, List<Loss> losses) {

  /** What differs from a state, which takes nothing away. */
  static PlanText ofDifferences(Preview preview, Instant now) {
    return new PlanText(rows(preview, now), List.of());
  }

  static PlanText of(Preview preview, Instant now) {
    var losses = Losses.of(preview, now);
    var text = new StringBuilder(rows(preview, now));
    if (!losses.isEmpty()) {
      text.append("\nThis cannot be taken back:\n");
      losses.forEach(loss -> text.append("  ").append(loss).append('\n'));
    }
    Renames.of(preview).forEach(words -> text.append('\n').append(words).append(".\n"));
    return new PlanText(text.toString(), losses);
  }

  private static String rows(Preview preview, Instant now) {
    var table = new TextTable();
    Plan.rows(preview, now).forEach(row -> table.add(row.sign(), row.name(), row.words()));
    return table.toString();
  }
}
