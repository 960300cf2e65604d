package dev.neonstack.local.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalState;
import dev.neonstack.neon.auth.SigningKeyPair;
import dev.neonstack.neon.auth.TokenCheck;
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
  private static final URI ANYWHERE = URI.create("http://127.0.0.1:1");

  @TempDir private Path folder;

  private final List<String> closed = new ArrayList<>();
  private LocalPaths paths;
  private Optional<LocalKeys> seen = Optional.empty();

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
    assertThat(closed).containsExactly("drained", "control plane", "storage");
  }

  @Test
  void theKeysAreMadeOnceAndOnlyTheirOwnerMayReadThem() throws IOException, InterruptedException {
    LocalServer.start(paths, ANY, new Fakes(false)).close();
    var first = seen.orElseThrow();
    LocalServer.start(paths, ANY, new Fakes(false)).close();
    var second = seen.orElseThrow();

    assertThat(second.apiKey()).isEqualTo(first.apiKey()).hasSizeGreaterThan(32);
    assertThat(second.storageToken()).isEqualTo(first.storageToken());
    assertThat(new TokenCheck(List.of(second.storageKey())).claims(first.storageToken()))
        .isPresent();
    assertThat(Files.readString(paths.apiKeyFile()).strip()).isEqualTo(first.apiKey());
    assertThat(Files.readString(paths.storageTokenFile()).strip()).isEqualTo(first.storageToken());
    for (var file : List.of(paths.apiKeyFile(), paths.storageKeyFile(), paths.storageTokenFile())) {
      assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    }
  }

  @Test
  void halvesOfAStorageKeyThatAreMissingOrDamagedAreMadeAnew()
      throws IOException, InterruptedException {
    LocalServer.start(paths, ANY, new Fakes(false)).close();
    for (var file : List.of(paths.storageKeyFile(), paths.storagePublicKeyFile())) {
      for (var text : List.of("", "damaged", SigningKeyPair.draw().privateKey())) {
        Files.writeString(file, text);
        LocalServer.start(paths, ANY, new Fakes(false)).close();

        var now = seen.orElseThrow();
        assertThat(new TokenCheck(List.of(now.storageKey())).claims(now.storageToken()))
            .isPresent();
        assertThat(Files.readString(paths.storageTokenFile()).strip())
            .isEqualTo(now.storageToken());
      }
    }
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
    public LocalServer.StoragePart storage(LocalPaths where, LocalPorts ports, LocalKeys keys) {
      return new LocalServer.StoragePart() {
        @Override
        public URI url() {
          return ANYWHERE;
        }

        @Override
        public void drain() {
          closed.add("drained");
        }

        @Override
        public void close() {
          closed.add("storage");
        }
      };
    }

    @Override
    public LocalServer.Part controlPlane(LocalPaths where, LocalPorts ports, LocalKeys keys) {
      if (failing) {
        throw new IllegalStateException("no control plane today");
      }
      seen = Optional.of(keys);
      return new LocalServer.Part() {
        @Override
        public URI url() {
          return ANYWHERE;
        }

        @Override
        public void close() {
          closed.add("control plane");
        }
      };
    }
  }
}
