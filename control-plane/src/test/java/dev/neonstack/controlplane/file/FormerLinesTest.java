package dev.neonstack.controlplane.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.EndpointEntry.Desired;
import dev.neonstack.controlplane.catalog.Operation.Status;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that the last version with catalog files wrote: a content and four changes. */
class FormerLinesTest {
  @TempDir private Path directory;
  private Path file;
  private byte[] whole;

  @BeforeEach
  void copy() throws IOException {
    file = directory.resolve("catalog.json");
    try (var former = getClass().getResourceAsStream("/former/catalog.json")) {
      whole = former.readAllBytes();
    }
    Files.write(file, whole);
  }

  private Content read() {
    return new FormerCatalog(file).read().content();
  }

  @Test
  void allOfItIsRead() {
    var content = read();

    assertThat(content.lastDatabaseId()).isEqualTo(4);
    assertThat(content.projects().values()).extracting(Project::name).containsExactly("beta");
    assertThat(content.branches().values())
        .extracting(Branch::name)
        .containsExactlyInAnyOrder("main", "grüße\n");
    assertThat(content.branches().values())
        .allSatisfy(
            branch -> {
              assertThat(branch.contents().secrets().get(0).password()).isEqualTo("hunter2hunter2");
              assertThat(branch.contents().wanted()).hasSize(1);
              assertThat(branch.annotations()).containsEntry("commit", "abc");
            });
    assertThat(content.endpoints().values())
        .singleElement()
        .matches(endpoint -> endpoint.desired() == Desired.IDLE && endpoint.generation() == 2);
    assertThat(content.operations().values())
        .singleElement()
        .matches(operation -> operation.status() == Status.FINISHED);
  }

  @Test
  void aFileCutOffAnywhereInItsLinesHasAllThatWasWrittenBeforeTheCut() throws IOException {
    var lines = -1;
    for (var cut = 0; cut <= whole.length; cut++) {
      if (cut > 0 && whole[cut - 1] == '\n') {
        lines++;
      }
      if (lines >= 0) {
        Files.write(file, Arrays.copyOf(whole, cut));
        assertThat(read().lastDatabaseId()).isEqualTo(lines);
        assertZeroTail(cut, lines);
      }
    }
    assertThat(lines).isEqualTo(4);
  }

  /** What a file system may show after a power cut: the length is there, the bytes are not. */
  private void assertZeroTail(int cut, int lines) throws IOException {
    var torn = Arrays.copyOf(Arrays.copyOf(whole, cut), cut + 600);
    torn[cut + 300] = '\n';
    torn[cut + 400] = (byte) 0xC3;
    Files.write(file, torn);
    assertThat(read().lastDatabaseId()).isEqualTo(lines);
  }

  @Test
  void damageBeforeTheLastLineIsNotTakenForACrashAndIsNotQuoted() throws IOException {
    var first = 0;
    while (whole[first] != '\n') {
      first++;
    }
    whole[first + 20] ^= 1;
    Files.write(file, whole);

    assertThatThrownBy(this::read)
        .hasMessageContaining("is damaged")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void whatIsNoCatalogIsNotTakenForAnEmptyOneAndIsNotQuoted() throws IOException {
    Files.writeString(file, "{\"format\":1,\"password\":\"hunter2\",");

    assertThatThrownBy(this::read)
        .isInstanceOf(Problem.class)
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void aCatalogOfALaterVersionIsRefused() throws IOException {
    Files.writeString(
        file,
        "{\"format\":4,\"last_database_id\":0,\"projects\":[],\"branches\":[],"
            + "\"endpoints\":[],\"operations\":[]}");

    assertThatThrownBy(this::read).hasMessageContaining("format 4");
  }
}
