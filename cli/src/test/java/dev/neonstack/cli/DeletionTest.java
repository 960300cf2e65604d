package dev.neonstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeletionTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  private void delete(Duration pause) throws Exception {
    var top = folder.resolve("storage");
    for (var name : new String[] {"a/1", "a/2", "b/1"}) {
      Files.createDirectories(top.resolve(name).getParent());
      Files.createFile(top.resolve(name));
    }
    new Deletion(new PrintStream(said, true, StandardCharsets.UTF_8), pause).of(top);
    assertThat(top).doesNotExist();
  }

  @Test
  void itSaysHowFarItIs() throws Exception {
    delete(Duration.ofNanos(1));

    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .contains("neonstack: 1 files deleted, at " + folder.resolve("storage/b"))
        .hasSize(6);
  }

  @Test
  void whatTakesNoTimeIsNotTold() throws Exception {
    delete(Duration.ofMinutes(1));

    assertThat(said.size()).isZero();
  }
}
