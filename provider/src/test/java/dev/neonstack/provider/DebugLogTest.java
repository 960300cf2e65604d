package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugLogTest {
  private static final int ENTRY = 100_000;
  private static final int FULL = 1 << 20;

  @TempDir Path folder;

  @Test
  void keepsTheLastEntriesAndTheFileBeforeWithinABound() throws IOException {
    var file = folder.resolve("cache/provider.log");
    for (var i = 0; i < 50; i++) {
      DebugLog.append(file, i + " " + "x".repeat(ENTRY) + "\n");
    }

    assertThat(Files.readAllLines(file)).last().asString().startsWith("49 ");
    assertThat(file).satisfies(log -> assertThat(Files.size(log)).isLessThan(FULL + 2 * ENTRY));
    var previous = folder.resolve("cache/provider.log.1");
    assertThat(Files.size(previous)).isBetween((long) FULL, FULL + 2L * ENTRY);
    try (var files = Files.list(file.getParent())) {
      assertThat(files).containsExactlyInAnyOrder(file, previous);
    }
  }
}
