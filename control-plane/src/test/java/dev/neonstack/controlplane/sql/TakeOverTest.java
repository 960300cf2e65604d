package dev.neonstack.controlplane.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.file.FormerCatalog;
import dev.neonstack.neon.file.FileLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder whose catalog is the file of an earlier version. */
class TakeOverTest {
  @TempDir private Path folder;
  private Path file;
  private byte[] bytes;
  private Content former;

  @BeforeEach
  void copy() throws IOException {
    file = folder.resolve("catalog.json");
    try (var recorded = getClass().getResourceAsStream("/former/catalog.json")) {
      bytes = recorded.readAllBytes();
    }
    Files.write(file, bytes);
    former = new FormerCatalog(file).read().content();
  }

  private Content load() {
    try (var catalog = SqlCatalog.inFolder(folder)) {
      return catalog.load();
    }
  }

  private List<String> names() throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void itsContentIsTakenOverOnceAndTheFileIsKept() throws IOException {
    assertThat(load()).isEqualTo(former);

    assertThat(file).doesNotExist();
    assertThat(folder.resolve("catalog.json.taken-over")).hasBinaryContent(bytes);
    assertThat(load()).isEqualTo(former);
  }

  @Test
  void whoDiedBeforeTheFileWasRenamedGoesOnWithWhatCameAfter() throws IOException {
    load();
    try (var catalog = SqlCatalog.inFolder(folder)) {
      new Store(catalog).update(content -> new Store.Change<>(content.numbered(99), null));
    }
    Files.move(folder.resolve("catalog.json.taken-over"), file);

    assertThat(load()).isEqualTo(former.numbered(99));
    assertThat(file).doesNotExist();
  }

  @Test
  void twoCatalogsAreNotMixed() throws IOException {
    load();
    Files.writeString(file, new String(bytes, UTF_8).lines().findFirst().orElseThrow() + "\n");

    assertThatThrownBy(this::load)
        .hasMessageContaining("catalog.db")
        .hasMessageContaining("is not empty")
        .hasMessageContaining(file.toString());
    assertThat(file).exists();
  }

  @Test
  void aDamagedFileIsLeftAsItIsAndTheCatalogStaysEmpty() throws IOException {
    Files.writeString(file, "{");

    assertThatThrownBy(this::load).hasMessageContaining("is damaged");
    assertThat(file).hasContent("{");

    Files.write(file, bytes);
    assertThat(load()).isEqualTo(former);
  }

  @Test
  void anEarlierVersionAtWorkIsNotDisturbed() throws IOException {
    try (var held = FileLocks.tryAcquire(folder.resolve("catalog.json.lock")).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThatThrownBy(this::load).hasMessageContaining("of an earlier version is at work");
    }
    assertThat(names()).contains("catalog.json");
  }
}
