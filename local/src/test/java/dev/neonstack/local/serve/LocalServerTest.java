package dev.neonstack.local.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalServerTest {

  private static final LocalPorts ANY = new LocalPorts(0, 0, 0);

  @TempDir private Path folder;

  private final List<String> closed = new ArrayList<>();
  private LocalPaths paths;
  private String seenKey = "";

  @BeforeEach
  void setUp() {
    paths = new LocalPaths(folder.resolve("data"), folder.resolve("cache"), Optional.empty());
  }

  @Test
  void writesItsStateWhileItServesAndTakesItBack() throws InterruptedException {
    try (var server = LocalServer.start(paths, ANY, new Fakes(false))) {
      assertThat(LocalState.read(paths.stateFile())).contains(server.state());
      assertThat(server.state().pid()).isEqualTo(ProcessHandle.current().pid());
    }

    assertThat(paths.stateFile()).doesNotExist();
    assertThat(closed).containsExactly("control plane", "storage");
  }

  @Test
  void theKeyIsMadeOnceAndOnlyItsOwnerMayReadIt() throws IOException, InterruptedException {
    LocalServer.start(paths, ANY, new Fakes(false)).close();
    var first = seenKey;
    LocalServer.start(paths, ANY, new Fakes(false)).close();

    assertThat(seenKey).isEqualTo(first).hasSizeGreaterThan(32);
    assertThat(Files.readString(paths.apiKeyFile()).strip()).isEqualTo(first);
    assertThat(Files.getPosixFilePermissions(paths.apiKeyFile())).hasSize(2);
  }

  @Test
  void aFailureLeavesNothingOpen() throws InterruptedException {
    assertThatThrownBy(() -> LocalServer.start(paths, ANY, new Fakes(true)))
        .hasMessage("no control plane today");

    assertThat(closed).containsExactly("storage");
    assertThat(paths.stateFile()).doesNotExist();
    LocalServer.start(paths, ANY, new Fakes(false)).close();
  }

  @Test
  void aSecondOneForTheSameDataIsRefused() throws InterruptedException {
    try (var server = LocalServer.start(paths, ANY, new Fakes(false))) {
      assertThatThrownBy(() -> LocalServer.start(paths, ANY, new Fakes(false)))
          .hasMessageContaining("another local process serves " + paths.dataDir())
          .hasMessageContaining("pid " + server.state().pid());
    }
  }

  @Test
  void aTakenPortIsSaidBeforeAnythingStarts() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var ports = new LocalPorts(taken.getLocalPort(), 0, 0);

      assertThatThrownBy(() -> LocalServer.start(paths, ports, new Fakes(false)))
          .hasMessageContaining("NEONSTACK_STORAGE_PORT");
      assertThat(closed).isEmpty();
    }
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed() throws IOException {
    Files.writeString(folder.resolve("data"), "a file");

    assertThatThrownBy(() -> LocalServer.start(paths, ANY, new Fakes(false)))
        .hasMessageContaining("cannot use the data folder " + paths.dataDir())
        .hasMessageContaining("NEONSTACK_DATA");
  }

  private final class Fakes implements LocalServer.Parts {
    private final boolean failing;

    Fakes(boolean failing) {
      this.failing = failing;
    }

    @Override
    public LocalServer.Part storage(LocalPaths where, LocalPorts ports) {
      return part("storage");
    }

    @Override
    public LocalServer.Part controlPlane(LocalPaths where, LocalPorts ports, String apiKey) {
      if (failing) {
        throw new IllegalStateException("no control plane today");
      }
      seenKey = apiKey;
      return part("control plane");
    }

    private LocalServer.Part part(String name) {
      return new LocalServer.Part() {
        @Override
        public URI url() {
          return URI.create("http://127.0.0.1:1");
        }

        @Override
        public void close() {
          closed.add(name);
        }
      };
    }
  }
}
