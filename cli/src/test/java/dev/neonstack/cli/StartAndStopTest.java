package dev.neonstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.client.LocalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** start, down and reset with a local process of its own. */
final class StartAndStopTest {

  @TempDir private Path folder;

  private Map<String, String> environment;
  private Path data;

  @BeforeEach
  void setUp() throws IOException {
    data = folder.resolve("data");
    environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("NEONSTACK_DATA", data.toString());
    environment.put("NEONSTACK_CACHE", folder.resolve("cache").toString());
    environment.put("NEONSTACK_HOME", FakeServe.home(folder).toString());
  }

  @AfterEach
  void stopWhatWasStarted() {
    LocalProcess.ofEnvironment(environment).stop();
  }

  @Test
  void startTwiceStartsOneAndDownTwiceStopsItOnce() {
    assertThat(run("start").code()).isZero();
    var first = state();
    assertThat(run("start").code()).isZero();
    assertThat(state()).isEqualTo(first);
    assertThat(run("status").out()).contains("pid " + first.pid(), "There is no branch yet.");

    assertThat(run("down").out()).contains("has stopped; all data is kept");
    assertThat(ProcessHandle.of(first.pid())).isEmpty();
    assertThat(data.resolve("api-key")).exists();
    assertThat(run("down").out()).isEqualTo("The local process was not running.\n");
  }

  @Test
  void afterAKillTheNextStartStartsAnother() {
    run("start");
    var killed = ProcessHandle.of(state().pid()).orElseThrow();
    killed.destroyForcibly();
    killed.onExit().join();

    assertThat(run("status").out()).contains("not running; ./neonstack up starts it");
    assertThat(run("start").code()).isZero();
    assertThat(state().pid()).isNotEqualTo(killed.pid());
  }

  @Test
  void resetStopsTheProcessAndDeletesWhatItMadeAndNothingElse() throws IOException {
    run("start");
    var pid = state().pid();
    Files.createDirectories(data.resolve("storage/tenants"));
    Files.writeString(data.resolve("notes.txt"), "the user's");
    Files.writeString(data.resolve("passphrase"), "of the stacks");

    assertThat(run("reset").err()).contains("add --yes");
    assertThat(ProcessHandle.of(pid)).isPresent();

    assertThat(run("reset", "--yes").out()).contains(data + " are deleted");
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(data.resolve("notes.txt")).exists();
    assertThat(data.resolve("passphrase")).exists();
    for (var gone : List.of("storage", "catalog.db", "catalog.lib", "api-key", "local.json")) {
      assertThat(data.resolve(gone)).doesNotExist();
    }
    assertThat(run("reset", "--yes").code()).isZero();
  }

  @Test
  void resetOfNothingSaysSo() {
    assertThat(run("reset", "--yes").out()).isEqualTo("There was no local data in " + data + ".\n");
  }

  @Test
  void whyItDidNotStartIsSaidInItsOwnWords() throws IOException {
    FakeServe.home(folder, "echo noise; echo 'error: port 9898 is in use; free it' >&2; exit 1");

    var result = run("start");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo("error: The local process did not start: port 9898 is in use; free it\n");
  }

  @Test
  void aDataFolderThatCannotBeMadeIsNamed() throws IOException {
    Files.writeString(data, "a file");

    var result = run("start");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("Cannot use the data folder " + data, "NEONSTACK_DATA");
  }

  private LocalState state() {
    return LocalProcess.ofEnvironment(environment).state().orElseThrow();
  }

  private Cli.Result run(String... args) {
    return Cli.run(environment, args);
  }
}
