package dev.neonstack.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Runs the benchmarks and prints a table. Without arguments all but the thousand branches and most
 * of the kills; {@code --full} adds them; {@code stack}, {@code fleet}, {@code endpoints}, {@code
 * catalog} name single groups. The exit code is 1 when a target was missed.
 */
public final class Bench {
  private static final int MISSED = 1;
  private static final int USAGE = 2;

  private Bench() {}

  public static void main(String... words) throws Exception {
    var groups = Arrays.stream(words).filter(word -> !word.equals("--full")).toList();
    var known = List.of("stack", "fleet", "endpoints", "catalog");
    if (!known.containsAll(groups)) {
      System.err.println(
          "bench knows no '" + String.join(" ", words) + "'; allowed: --full " + known);
      System.exit(USAGE);
    }
    var full = Arrays.asList(words).contains("--full");
    var chosen = groups.isEmpty() ? known : groups;
    var home = Path.of(System.getenv("NEONSTACK_HOME"));
    var folder = Files.createTempDirectory("neonstack-bench");
    var table = new Table();
    try {
      if (chosen.contains("stack")) {
        new StackBench(home, folder.resolve("stack")).run(table);
      }
      if (chosen.contains("endpoints")) {
        new EndpointBench(home, folder.resolve("endpoints")).run(table);
      }
      if (chosen.contains("catalog")) {
        new CatalogBench(folder.resolve("catalog")).run(table, full);
      }
      if (chosen.contains("fleet")) {
        new FleetBench(home, folder.resolve("fleet")).run(table, full);
      }
    } finally {
      delete(folder);
    }
    System.out.println(table);
    System.exit(table.missed() == 0 ? 0 : MISSED);
  }

  private static void delete(Path folder) throws Exception {
    try (var paths = Files.walk(folder)) {
      for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
