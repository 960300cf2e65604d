package dev.neonstack.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns that line up. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  /** Without titles where none are given. */
  public TextTable(String... titles) {
    if (titles.length > 0) {
      rows.add(List.of(titles));
    }
  }

  /** Adds a row. */
  public void add(String... cells) {
    rows.add(List.of(cells));
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder();
      for (var column = 0; column < row.size(); column++) {
        line.append(row.get(column));
        if (column + 1 < row.size()) {
          line.append(" ".repeat(width(column) - row.get(column).length())).append(GAP);
        }
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
