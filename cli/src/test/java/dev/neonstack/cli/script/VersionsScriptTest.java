package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** libexec/versions in front of programs that count how often they run. */
final class VersionsScriptTest {
  private static final Path VERSIONS = Script.repository().resolve("libexec/versions");

  @TempDir private Path folder;

  private Script script;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    Files.createDirectories(folder.resolve("cache"));
    program("java", "java 17.0.1");
  }

  private void program(String name, String version) throws IOException {
    script.program(
        name, "echo run >>'%s'\necho '%s'".formatted(folder.resolve("runs"), version) + " \"$@\"");
  }

  private Script.Result ask(String name, String... words) throws Exception {
    var command = new ArrayList<>(List.of("sh", "-c", "PATH=$0:$PATH; exec \"$@\""));
    command.addAll(List.of(VERSIONS.toString(), name));
    command.addAll(List.of(words));
    return script.run(
        folder, Map.of("NEONSTACK_CACHE", folder.resolve("cache").toString()), command);
  }

  private int runs() throws IOException {
    var file = folder.resolve("runs");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  @Test
  void theProgramIsAskedOnce() throws Exception {
    var first = ask("java", "--version");
    var second = ask("java", "--version");

    assertThat(first.out()).isEqualTo("java 17.0.1 --version\n");
    assertThat(second.out()).isEqualTo(first.out());
    assertThat(runs()).isEqualTo(1);
  }

  @Test
  void anotherProgramIsAskedAgain() throws Exception {
    ask("java", "--version");
    program("java", "java 21.0.10");

    assertThat(ask("java", "--version").out()).isEqualTo("java 21.0.10 --version\n");
  }

  @Test
  void everythingElseGoesToTheProgram() throws Exception {
    program("mvn", "built");

    assertThat(ask("mvn", "package").out()).isEqualTo("built package\n");
    assertThat(ask("mvn", "package").out()).isEqualTo("built package\n");
    assertThat(runs()).isEqualTo(2);
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    var missing = ask("javac", "--version");

    assertThat(missing.code()).isEqualTo(127);
    assertThat(missing.err()).isEqualTo("neonstack: no javac was found on PATH.\n");
  }

  @Test
  void aProgramThatFailsIsNotRemembered() throws Exception {
    script.program("javac", "exit 3");

    assertThat(ask("javac", "--version").code()).isEqualTo(3);
    assertThat(folder.resolve("cache/version-javac")).doesNotExist();
  }
}
