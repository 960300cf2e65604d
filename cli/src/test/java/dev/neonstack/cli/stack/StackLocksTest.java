package dev.neonstack.cli.stack;

import static dev.neonstack.cli.stack.Planned.branch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.cli.Cli;
import dev.neonstack.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That no run leaves a lock, and what becomes of one that is there. */
final class StackLocksTest {
  @TempDir private Path folder;

  private FakeEngine engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new FakeEngine(folder);
    engine.plans(branch("create", "new"));
  }

  @Test
  void theLockOfADeadProcessIsLiftedAndItIsLookedAtWhatIsThere() throws Exception {
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    lock(dead.pid(), thisHost());
    var result = Cli.run(engine.environment(), "up", "--stack", "local");

    assertThat(result.code()).isZero();
    assertThat(result.err()).contains("process " + dead.pid() + " was ended", "lock is lifted");
    assertThat(engine.work()).first().asString().startsWith("refresh");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void thatOfALiveOneOrOfAnotherHostIsNeverTouched(boolean here) throws Exception {
    var program = Files.createDirectories(folder.resolve("program")).resolve("pulumi");
    Files.copy(Path.of("/bin/sleep"), program, StandardCopyOption.COPY_ATTRIBUTES);
    var process = new ProcessBuilder(program.toString(), "60").start();
    try {
      lock(here ? process.pid() : Long.MAX_VALUE, here ? thisHost() : "elsewhere");
      var result = Cli.run(engine.environment(), "up", "--stack", "local", "--yes");

      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err()).contains("is at work on stack 'local'", "one.json");
      assertThat(engine.locks().resolve("one.json")).exists();
      assertThat(engine.calls()).isEmpty();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aNumberThatAnotherProgramHasByNowIsADeadProcess() throws Exception {
    lock(ProcessHandle.current().pid(), thisHost());

    assertThat(Cli.run(engine.environment(), "up", "--stack", "local").code()).isZero();
  }

  @Test
  void locksOfOtherStacksAreLeftAlone() throws Exception {
    lock(Long.MAX_VALUE, thisHost());

    assertThat(Cli.run(engine.environment(), "preview", "--stack", "corp").code()).isZero();
    assertThat(engine.locks().resolve("one.json")).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "TERM"})
  void whateverEndsACommandTheEngineIsAskedToEndAndLeavesNoLock(String signal) throws Exception {
    engine.worksLong();
    var process = start();
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();

    assertThat(process.waitFor()).isNotZero();
    assertThat(engine.calls()).last().isEqualTo("ended");
    assertThat(engine.locks().resolve("one.json")).doesNotExist();
    assertThat(Cli.run(engine.environment(), "up", "--stack", "local").err())
        .contains("did not end well");
  }

  @Test
  void anEngineThatIsKilledLeavesNoLockEither() throws Exception {
    engine.worksLong();
    var process = start();
    var locked = Files.readString(engine.locks().resolve("one.json"));
    var pid = locked.replaceFirst("(?s).*\"pid\":(\\d+).*", "$1");
    new ProcessBuilder("kill", "-KILL", pid).start().waitFor();

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(engine.locks().resolve("one.json")).doesNotExist();
  }

  private Process start() throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "up",
            "--stack",
            "local");
    builder.environment().clear();
    builder.environment().putAll(engine.environment());
    var process =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
    var lock = engine.locks().resolve("one.json");
    while (process.isAlive() && (Files.notExists(lock) || Files.size(lock) == 0)) {
      Thread.sleep(20);
    }
    return process;
  }

  private void lock(long pid, String host) throws IOException {
    Files.createDirectories(engine.locks());
    Files.writeString(
        engine.locks().resolve("one.json"),
        "{\"pid\": %d, \"username\": \"me\", \"hostname\": \"%s\"}".formatted(pid, host));
  }

  private static String thisHost() throws IOException {
    var process = new ProcessBuilder(List.of("uname", "-n")).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
