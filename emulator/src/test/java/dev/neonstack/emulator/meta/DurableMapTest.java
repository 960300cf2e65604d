package dev.neonstack.emulator.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.neonstack.emulator.meta.DurableMap.Change;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DurableMapTest {
  @TempDir Path folder;

  @Test
  void whatIsCommittedIsThereAfterOpeningAgain() {
    try (var map = open()) {
      map.commit(List.of(put("a", "1"), put("b", "2")));
      map.commit(List.of(put("a", "3"), new Change("b", Optional.empty())));
    }
    try (var map = open()) {
      assertThat(map.entries()).hasToString("{a=\"3\"}");
    }
  }

  @Test
  void aTornLastLineIsLeftOutAndAllBeforeItStays() throws IOException {
    try (var map = open()) {
      map.commit(List.of(put("a", "1")));
      map.commit(List.of(put("b", "2"), put("c", "3")));
    }
    var whole = Files.size(file());
    for (long cut = 1; cut < 20; cut++) {
      var copy = folder.resolve("copy" + cut);
      Files.copy(file(), copy);
      try (var torn = new RandomAccessFile(copy.toFile(), "rw")) {
        torn.setLength(whole - cut);
      }
      try (var map = DurableMap.open(copy)) {
        assertThat(map.entries()).containsOnlyKeys("a");
      }
    }
  }

  @Test
  void damageBeforeTheLastLineIsRefused() throws IOException {
    try (var map = open()) {
      map.commit(List.of(put("alpha", "1")));
      map.commit(List.of(put("b", "2")));
    }
    Files.writeString(file(), Files.readString(file()).replace("alpha", "alphb"));

    assertThatThrownBy(this::open)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is damaged in line 1");
  }

  @Test
  void aSecondOwnerIsRefused() {
    try (var map = open()) {
      map.commit(List.of(put("a", "1")));
      assertThatThrownBy(this::open)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in use by another process");
    }
  }

  @Test
  void manyThreadsCommitAtOnceAndNothingIsLost() throws Exception {
    var threads = Executors.newFixedThreadPool(16);
    try (var map = open()) {
      var commits = new ArrayList<Future<?>>();
      IntStream.range(0, 200)
          .forEach(
              i -> commits.add(threads.submit(() -> map.commit(List.of(put("key" + i, "v"))))));
      for (var commit : commits) {
        commit.get();
      }
    } finally {
      threads.shutdown();
    }
    try (var map = open()) {
      assertThat(map.entries()).hasSize(200);
    }
  }

  @Test
  void theLogDoesNotGrowWithItsHistory() throws IOException {
    try (var map = open()) {
      var many = IntStream.range(0, 1_000).mapToObj(i -> put("same", "value" + i)).toList();
      for (int i = 0; i < 20; i++) {
        map.commit(many);
      }
      assertThat(Files.size(file())).isLessThan(7_000L * 25);
      assertThat(map.entries()).hasToString("{same=\"value999\"}");
    }
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aFileThatCannotGrowIsSaidAndNothingAcknowledgedIsLost() throws Exception {
    var command =
        "ulimit -f 64; exec '%s' -XX:-UsePerfData -cp '%s' '%s' '%s'"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Filler.class.getName(),
                file());
    var child = new ProcessBuilder("bash", "-c", command).redirectErrorStream(true).start();
    var lines = new String(child.getInputStream().readAllBytes(), UTF_8).lines().toList();
    child.waitFor();

    assertThat(lines).anyMatch(line -> line.contains("nothing was changed; free space"));
    var acknowledged = lines.stream().filter(line -> line.startsWith("key")).toList();
    assertThat(acknowledged).isNotEmpty();
    try (var map = open()) {
      assertThat(map.entries().keySet()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }
  }

  /** Writes until it is refused; prints what was acknowledged. */
  static final class Filler {
    private Filler() {}

    public static void main(String[] arguments) {
      var map = DurableMap.open(Path.of(arguments[0]));
      for (int i = 0; i < 10_000; i++) {
        try {
          map.commit(List.of(put("key" + i, "x".repeat(5_000))));
          System.out.println("key" + i);
        } catch (UncheckedIOException e) {
          System.out.println(e.getMessage());
          commitSmall(map);
          return;
        }
      }
    }

    /** After a refusal what still fits is written, so the log was not left torn. */
    private static void commitSmall(DurableMap map) {
      try {
        map.commit(List.of(put("key-small", "x")));
        System.out.println("key-small");
      } catch (UncheckedIOException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private Path file() {
    return folder.resolve("map.log");
  }

  private DurableMap open() {
    return DurableMap.open(file());
  }

  private static Change put(String key, String value) {
    return new Change(key, Optional.of(TextNode.valueOf(value)));
  }
}
