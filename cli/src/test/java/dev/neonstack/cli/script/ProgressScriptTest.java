package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever takes long says what it does, how far it is and for how long it has been at it. */
final class ProgressScriptTest {
  /** Builds what it is asked for, a package after the other. */
  private static final String GO =
      """
      case $1 in
        env) echo go1.26.0 ;;
        list)
          for module in one two three; do echo "go: downloading example.test/$module v1" >&2; sleep 1; done
          printf '%s\\n' a b c d
          ;;
        build)
          for package in a b c d; do echo $package; sleep 1; done
          while [ "$1" != -o ]; do shift; done
          for name in pulumi pulumi-language-java; do
            printf '#!/bin/sh\\n' >"$2/$name"
            chmod 755 "$2/$name"
          done
          ;;
      esac
      """;

  /** Takes its time after Pulumi is there. */
  private static final String MAVEN =
      """
      [ "$1" != -v ] || { echo 'Apache Maven 3.9.9'; exit; }
      echo '[INFO] Building neon-client 0.1.0       [2/9]'
      for file in 1 2 3; do echo 'Downloaded from central'; done
      while [ ! -x "$NEONSTACK_CACHE"/pulumi-v*/pulumi ]; do sleep 1; done
      sleep 1; sleep 1; sleep 1; sleep 1
      exit 1
      """;

  @TempDir private Path folder;

  private Script script;
  private Checkout checkout;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    checkout = Checkout.complete(folder);
    script.program("sleep", "exec /bin/sleep 0.$1");
  }

  private Script.Result run(String line) throws Exception {
    return script.run(
        folder,
        Map.of("PROGRESS_SECONDS", "1", "NEONSTACK_HOME", checkout.home().toString()),
        List.of("sh", "-c", "cd ../home; . libexec/progress.sh; " + line));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void itSaysHowFarItIsWhileItRunsAndHandsTheCodeOn(int code) throws Exception {
    var slow = "slow() { for i in 1 2 3 4; do echo $i; sleep 5; done; return " + code + "; }; ";
    var result =
        run(slow + "tell() { echo \"$(wc -l <$1) done\"; }; with_progress log tell slow; echo $?");

    assertThat(result.out()).isEqualTo(code + "\n");
    assertThat(result.err().lines().toList())
        .hasSizeGreaterThan(2)
        .allMatch(line -> line.matches("  \\d done, \\d+ s"))
        .startsWith("  1 done, 0 s");
    assertThat(checkout.file("log")).hasContent("1\n2\n3\n4\n");
  }

  @Test
  void theVeryFirstRunSaysHowLongAllOfItTakesAndThenGoesOnTelling() throws Exception {
    script.program("java", "echo 'openjdk version \"21.0.2\"' >&2");
    script.program("javac", "echo 'javac 21.0.2'");
    script.program("go", GO);
    script.program("mvn", MAVEN);

    var said = run("./neonstack up").err();

    assertThat(said)
        .containsSubsequence(
            "the first run here builds Pulumi and the jars, in about 4 minutes",
            "building pulumi v",
            "minutes on two idle processors",
            " modules of Go fetched, ",
            " of 4 packages compiled, ",
            "pulumi is built",
            "waiting for the jars",
            "module neon-client [2/9], 3 files fetched, ");
  }
}
