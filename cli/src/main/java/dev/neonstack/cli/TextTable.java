package dev.neonstack.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;

/** Columns that line up. */
public final class TextTable {

  private static final int GAP = 2;
  private static final Help.ColorScheme PLAIN = Help.defaultColorScheme(Ansi.OFF);

  private final List<List<Text>> rows = new ArrayList<>();

  /** Without titles where none are given. */
  public TextTable(String... titles) {
    if (titles.length > 0) {
      add(titles);
    }
  }

  /** Adds a row. Cells are shown as they are: what would be mark-up to picocli is text here. */
  public void add(String... cells) {
    rows.add(Stream.of(cells).map(cell -> PLAIN.apply(cell, List.of())).toList());
  }

  @Override
  public String toString() {
    if (rows.isEmpty()) {
      return "";
    }
    var count = rows.stream().mapToInt(List::size).max().orElseThrow();
    var columns =
        IntStream.range(0, count)
            .mapToObj(column -> new Column(width(column) + GAP, 0, Overflow.TRUNCATE))
            .toArray(Column[]::new);
    var table = Help.TextTable.forColumns(PLAIN, columns);
    rows.forEach(row -> table.addRowValues(row.toArray(Text[]::new)));
    return table.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).getCJKAdjustedLength())
        .max()
        .orElse(0);
  }
}
