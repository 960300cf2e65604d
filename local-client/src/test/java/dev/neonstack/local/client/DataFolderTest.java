package dev.neonstack.local.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DataFolderTest {
  @TempDir private Path above;
  private Path folder;

  @BeforeEach
  void setUp() {
    folder = above.resolve("data");
  }

  @Test
  void aNewOneIsItsOwners() throws IOException {
    DataFolder.prepare(folder);

    assertThat(permissions()).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxr-xr-x", "rwx---r-x", "rwxrwxrwx", "rwx--x---", "rwx-----x"})
  void oneThatWasOpenIsShut(String open) throws IOException {
    Files.createDirectories(folder.resolve("storage"));
    Files.writeString(folder.resolve("catalog.json"), "{}");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(open));

    DataFolder.prepare(folder);

    assertThat(permissions()).isEqualTo("rwx------");
  }

  @Test
  void oneThatOthersMayUseTooIsLeftAloneAndRefused() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("thesis.tex"), "");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThatThrownBy(() -> DataFolder.prepare(folder))
        .isInstanceOf(LocalProcessException.class)
        .hasMessageContaining(folder + " is open to other users and holds what is not")
        .hasMessageContaining("thesis.tex")
        .hasMessageContaining("chmod 700 '" + folder + "'")
        .hasMessageContaining("NEONSTACK_DATA");
    assertThat(permissions()).isEqualTo("rwxr-xr-x");
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
