package dev.neonstack.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LocalPathsTest {

  @Test
  void ownVariablesComeFirst() {
    var paths =
        LocalPaths.fromEnvironment(
            Map.of(
                "NEONSTACK_DATA", "/d",
                "NEONSTACK_CACHE", "/c",
                "NEONSTACK_HOME", "/h",
                "XDG_DATA_HOME", "/x",
                "HOME", "/u"));

    assertThat(paths.dataDir()).isEqualTo(Path.of("/d"));
    assertThat(paths.cacheDir()).isEqualTo(Path.of("/c"));
    assertThat(paths.home()).contains(Path.of("/h"));
  }

  @Test
  void thenTheFoldersOfTheDesktop() {
    var paths =
        LocalPaths.fromEnvironment(
            Map.of("XDG_DATA_HOME", "/x", "XDG_CACHE_HOME", "/y", "HOME", "/u"));

    assertThat(paths.dataDir()).isEqualTo(Path.of("/x/neonstack"));
    assertThat(paths.cacheDir()).isEqualTo(Path.of("/y/neonstack"));
    assertThat(paths.home()).isEmpty();
  }

  @Test
  void thenTheHomeFolderAndAnEmptyVariableCountsAsNone() {
    var paths = LocalPaths.fromEnvironment(Map.of("NEONSTACK_DATA", "", "HOME", "/u"));

    assertThat(paths.dataDir()).isEqualTo(Path.of("/u/.local/share/neonstack"));
    assertThat(paths.cacheDir()).isEqualTo(Path.of("/u/.cache/neonstack"));
  }
}
