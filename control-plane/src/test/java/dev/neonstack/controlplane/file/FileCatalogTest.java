package dev.neonstack.controlplane.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCatalogTest {
  @TempDir private Path directory;

  static Content counting(long number) {
    return Content.of(List.of(), List.of(), List.of(), List.of(), number);
  }

  @RepeatedTest(3)
  void nothingAcknowledgedIsLostByKill9() throws IOException, InterruptedException {
    var file = directory.resolve("catalog.json");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var writer =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                CatalogWriter.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var highest = 0L;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      var line = lines.readLine();
      while (line != null) {
        highest = Math.max(highest, Long.parseLong(line));
        if (highest >= 100) {
          writer.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
    }
    writer.waitFor();

    assertThat(highest).isGreaterThanOrEqualTo(100);
    assertThat(new FileCatalog(file).load().lastDatabaseId()).isGreaterThanOrEqualTo(highest);
  }

  @Test
  void whatAKilledWriterLeftBesideIsIgnored() throws IOException {
    var file = directory.resolve("catalog.json");
    new FileCatalog(file).store(counting(7));
    Files.writeString(directory.resolve("catalog.json.new"), "{\"format\":1,\"proj");

    assertThat(new FileCatalog(file).load().lastDatabaseId()).isEqualTo(7);
  }

  @Test
  void aDamagedCatalogIsNotTakenForAnEmptyOneAndIsNotQuoted() throws IOException {
    var file = directory.resolve("catalog.json");
    Files.writeString(file, "{\"format\":1,\"password\":\"hunter2\",");

    assertThatThrownBy(() -> new FileCatalog(file).load())
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aCatalogOfALaterVersionIsRefused() throws IOException {
    var file = directory.resolve("catalog.json");
    Files.writeString(
        file,
        "{\"format\":4,\"last_database_id\":0,\"projects\":[],\"branches\":[],"
            + "\"endpoints\":[],\"operations\":[]}");

    assertThatThrownBy(() -> new FileCatalog(file).load()).hasMessageContaining("format 4");
  }

  @Test
  void whatCannotBeWrittenIsASentence() throws IOException {
    var file = directory.resolve("catalog.json");
    var catalog = new FileCatalog(file);
    catalog.load();
    Files.createDirectory(directory.resolve("catalog.json.new"));
    Files.writeString(directory.resolve("catalog.json.new").resolve("x"), "x");

    assertThatThrownBy(() -> catalog.store(Content.EMPTY))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be written");
  }
}
