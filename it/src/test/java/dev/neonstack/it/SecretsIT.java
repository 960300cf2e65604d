package dev.neonstack.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No password, key or passphrase is anywhere in clear but in the files that are there for it. */
@ExtendWith(OnPlatform.class)
class SecretsIT {
  private static final String GIVEN = "given-Pa55word-of-the-test";

  /** What holds secrets on purpose; only its owner may read it. */
  private static final List<String> KEPT =
      List.of("api-key", "admin-password", "catalog.db", "catalog.db-wal", "passphrase");

  /** Data of Postgres: pages and WAL, too much to read, and no place for a password in clear. */
  private static final Pattern POSTGRES_DATA =
      Pattern.compile(".*/(base|global|wal|pg_[a-z]+)/.*|.*\\.(tar|zst|so)");

  private static final String PROJECT =
      """
      - name: hidden
        branches:
          - name: main
            roles:
              - name: given
              - name: made
            databases:
              - name: app
                owner: made
      """;

  @TempDir Path folder;

  private final TreeSet<String> commandLines = new TreeSet<>();
  private final AtomicBoolean watching = new AtomicBoolean(true);

  @Test
  void noSecretIsInTheStateTheLogsThePrintedTextOrTheProcessList(Platform platform)
      throws InterruptedException {
    var stack = Stack.asShipped(platform, folder).projects(PROJECT);
    stack.setSecret("neonstack:projects[0].branches[0].roles[0].password", GIVEN);
    var watcher = new Thread(this::watchProcesses);
    watcher.start();
    stack.up().succeeded();
    stack.preview().succeeded();
    stack.refresh().succeeded();
    stack.setSecret("neonstack:projects[0].branches[0].roles[0].name", "postgres");
    stack.up().failed().says("roles[0].name is '[secret]'");
    watching.set(false);
    watcher.join();

    var secrets = secrets(platform, stack);

    assertThat(stack.connectionUri("hidden/main")).as("the right password").contains(GIVEN);
    assertNone(secrets, "the state", stack.state());
    assertNone(secrets, "what the CLI printed", stack.transcript());
    assertNone(secrets, "the process list", String.join("\n", commandLines));
    assertNone(secrets, "the provider's log", read(platform.providerLog()));
    assertNoFileHolds(secrets, platform.data());
    assertNoFileHolds(secrets, stack.folder().resolve("home"));
    assertNoFileHolds(secrets, stack.folder().resolve("backend"));
    KEPT.forEach(name -> assertOwnerOnly(platform.data().resolve(name)));
  }

  private static List<String> secrets(Platform platform, Stack stack) {
    var made =
        platform
            .controlPlane()
            .role(stack.tenant("hidden"), stack.timeline("hidden/main"), "made")
            .orElseThrow();
    return List.of(
        GIVEN,
        made.password().orElseThrow(),
        Stack.PASSPHRASE,
        platform.services().apiKey(),
        read(platform.data().resolve("admin-password")).strip());
  }

  private void watchProcesses() {
    while (watching.get()) {
      ProcessHandle.allProcesses()
          .map(process -> process.info().commandLine().orElse(""))
          .forEach(commandLines::add);
    }
  }

  private static void assertNone(List<String> secrets, String where, String text) {
    for (var secret : secrets) {
      assertThat(text.contains(secret)).as("%s holds '%s'", where, secret).isFalse();
    }
  }

  private static void assertNoFileHolds(List<String> secrets, Path folder) {
    for (var file : files(folder)) {
      if (!KEPT.contains(file.getFileName().toString())
          && !POSTGRES_DATA.matcher(file.toString()).matches()) {
        assertNone(secrets, file.toString(), read(file));
      }
    }
  }

  private static void assertOwnerOnly(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var found = Files.walk(folder)) {
      return found.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file, ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
