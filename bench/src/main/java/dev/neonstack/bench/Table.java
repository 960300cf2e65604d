package dev.neonstack.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What was measured, a row each, as a Markdown table. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();
  private int missed;

  Table() {
    rows.add(List.of("what", "measured", "of", "target", ""));
  }

  /** A time of which the median counts. */
  void time(String what, Samples samples, double targetSeconds) {
    add(
        what,
        seconds(samples.median()),
        samples.size() + " runs, " + samples.range(),
        "≤ " + number(targetSeconds) + " s",
        samples.median() <= targetSeconds * 1000);
  }

  /** A time without a target. */
  void time(String what, Samples samples) {
    note(what, seconds(samples.median()), samples.size() + " runs, " + samples.range());
  }

  /** A percentile of a time that is best read in milliseconds. */
  void millis(String what, Samples samples, int percent, double targetMillis) {
    var value = samples.percentile(percent);
    add(
        what + ", p" + percent,
        String.format(Locale.ROOT, "%.1f ms", value),
        samples.size() + " calls",
        "≤ " + number(targetMillis) + " ms",
        value <= targetMillis);
  }

  void value(String what, double value, double target, String unit, String of) {
    var shown = String.format(Locale.ROOT, "%.2f %s", value, unit).strip();
    add(what, shown, of, ("≤ " + number(target) + " " + unit).strip(), value <= target);
  }

  void note(String what, String measured, String of) {
    rows.add(List.of(what, measured, of, "", ""));
  }

  private void add(String what, String measured, String of, String target, boolean met) {
    missed += met ? 0 : 1;
    rows.add(List.of(what, measured, of, target, met ? "met" : "MISSED"));
  }

  int missed() {
    return missed;
  }

  private static String seconds(double millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1000);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.1f", value);
  }

  @Override
  public String toString() {
    var widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    var lines = new ArrayList<String>();
    for (var row : rows) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(
            IntStream.of(widths)
                .mapToObj(width -> "-".repeat(Math.max(3, width)))
                .collect(Collectors.joining(" | ", "| ", " |")));
      }
    }
    return String.join("\n", lines);
  }

  private static String line(List<String> row, int... widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column ->
                row.get(column)
                    + " ".repeat(Math.max(3, widths[column]) - row.get(column).length()))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }
}
