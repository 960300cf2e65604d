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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ./neonstack and plain pulumi do with a stack, over a Pulumi that keeps none of it. */
final class StackScriptTest {

  @TempDir private Path folder;

  private Script script;
  private Checkout checkout;
  private FakePulumi pulumi;
  private String configuration;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    checkout = Checkout.complete(folder);
    pulumi = new FakePulumi(script, folder);
    configuration = Files.readString(checkout.file("Pulumi.local.yaml"));
    script.program(
        "java",
        """
        [ "$1" != -version ] || { echo 'openjdk version "21.0.2"' >&2; exit; }
        before=
        for word in "$@"; do
          echo "$word" >>WORDS
          [ "$before" != --config-file ] || cat "$word" >READ
          before=$word
        done
        case "$*" in *' up '*) echo 'BRANCH  DATABASE' ;; esac
        """
            .replace("WORDS", "'" + words() + "'")
            .replace("READ", "'" + folder.resolve("read.yaml") + "'"));
    script.program("javac", "echo 'javac 21.0.2'");
    script.program("mvn", "echo 'Apache Maven 3.9.9'");
  }

  @Test
  void upTwiceMakesTheStackOnceAndHandsItOn() throws Exception {
    var first = neonstack("up");
    var second = neonstack("up", "local");

    assertThat(List.of(first.code(), second.code())).containsOnly(0);
    assertThat(first.out()).isEqualTo("BRANCH  DATABASE\n");
    assertThat(Files.readAllLines(words()))
        .containsSubsequence("up", "--stack", "local", "--local", "--config-file", "--state", "--");
    assertThat(pulumi.calls()).filteredOn(call -> call.startsWith("stack init")).hasSize(1);
    assertThat(pulumi.calls()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-s second",
        "-ssecond",
        "--stack second",
        "--stack=second",
        "second",
        "second -s second"
      })
  void aStackIsTheSameHoweverItIsNamed(String words) throws Exception {
    checkout.write("Pulumi.second.yaml", "config:\n  neonstack:target: corp # a cluster\n");
    pulumi.stack("second");
    for (var command : List.of("up", "preview", "refresh", "destroy")) {
      Files.deleteIfExists(words());
      var line = new ArrayList<>(List.of(command));
      line.addAll(List.of(words.split(" ")));

      assertThat(neonstack(line.toArray(String[]::new)).code()).isZero();
      assertThat(Files.readAllLines(words()))
          .containsSubsequence(command, "--stack", "second")
          .doesNotContain("--local", "--yes", "--terminal");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up local corp",
        "up locl",
        "up --yess",
        "up --config-file x",
        "up -s",
        "up -s local -s second",
        "preview --stack=",
        "up --json",
        "destroy --target",
        "cost -s local more",
        "render -s local a b",
        "verify -s local --readonly",
        "doctor --all",
        "policy",
        "env more"
      })
  void whatIsNotKnownIsRefusedBeforeAnythingHappens(String line) throws Exception {
    var result = neonstack(line.split(" "));

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .startsWith("neonstack: ")
        .containsAnyOf("how it is called", "no stack");
    assertThat(pulumi.calls()).isEmpty();
    assertThat(words()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up", "preview", "refresh", "destroy", "psql", "status", "table", "down", "reset",
        "doctor", "verify", "render", "lock-images", "cost", "policy", "env", "test", "bench"
      })
  void everyCommandHasAHelpOfOursAndAVersion(String command) throws Exception {
    for (var help : List.of("--help", "-h")) {
      var result = neonstack(command, help);
      assertThat(result.code()).isZero();
      assertThat(result.out()).startsWith("./neonstack " + command).doesNotContain("BRANCH  DATAB");
    }
    assertThat(neonstack(command, "--version").out()).matches("neonstack \\d+\\.\\d+\\.\\d+\n");
    assertThat(neonstack("up", "local", "--yes", "--help").out()).contains("agree to all of it");
    assertThat(pulumi.calls()).isEmpty();
    assertThat(words()).doesNotExist();
  }

  @Test
  void passwordsGoToAPipeOnlyWhenTheyAreAskedFor() throws Exception {
    neonstack("up");
    assertThat(Files.readAllLines(words())).doesNotContain("--show-secrets");
    neonstack("up", "--show-secrets");
    assertThat(Files.readAllLines(words())).contains("--show-secrets");
  }

  @Test
  void ofAStackThatIsUpToDateTheDocumentForProgramsHasEverything() throws Exception {
    assertThat(neonstack("preview", "--json").code()).isZero();

    assertThat(pulumi.calls())
        .last()
        .asString()
        .startsWith("preview --stack local --show-sames --json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"up", "preview", "refresh"})
  void theConfigurationFileIsReadAndNotChanged(String command) throws Exception {
    assertThat(neonstack(command).code()).isZero();

    assertThat(pulumi.configuration()).isEqualTo(configuration);
    assertThat(checkout.file("Pulumi.local.yaml")).hasContent(configuration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pulumi up -s local",
        "pulumi up --stack=local",
        "cd libexec && pulumi preview -v 3 -slocal",
        "pulumi refresh --yes --stack organization/neonstack/local",
        "./neonstack up"
      })
  void afterEnvPlainPulumiDoesNotChangeItEither(String command) throws Exception {
    assertThat(afterEnv(command).code()).isZero();
    assertThat(afterEnv(command).code()).isZero();

    assertThat(pulumi.configuration()).isEqualTo(configuration);
    assertThat(checkout.file("Pulumi.local.yaml")).hasContent(configuration);
    try (var data = Files.list(folder.resolve(".local/share/neonstack"))) {
      assertThat(data.filter(file -> file.getFileName().toString().startsWith("config.")))
          .hasSize(1);
    }
  }

  @Test
  void anImportLeavesNothingBehindAndItsCodeIsKept() throws Exception {
    checkout.write("provider/plugin/run", "");

    var result = afterEnv("pulumi import -s local neonstack:index:Branch demo/x T/B");

    assertThat(result.code()).isEqualTo(7);
    assertThat(pulumi.calls()).last().asString().startsWith("import -s local neonstack:index");
    assertThat(checkout.file("provider/schema-neonstack.json")).doesNotExist();
    assertThat(checkout.file("Pulumi.local.yaml")).hasContent(configuration);
  }

  @Test
  void anotherProjectIsNotGivenOurConfiguration() throws Exception {
    Files.createDirectories(folder.resolve("other"));
    Files.writeString(folder.resolve("other/Pulumi.yaml"), "name: other\n");
    Files.writeString(folder.resolve("other/Pulumi.local.yaml"), "theirs: yes\n");

    assertThat(afterEnv("cd ../other && pulumi up -s local").code()).isZero();

    assertThat(pulumi.configuration()).isEqualTo("theirs: yes\n");
  }

  @Test
  void commandsThatAreMeantToWriteTheFileAndForeignBackendsAreLeftAlone() throws Exception {
    afterEnv("pulumi config set neonstack:target local -s local");
    afterEnv("PULUMI_BACKEND_URL=s3://bucket pulumi preview -s local");
    afterEnv("pulumi preview -s local --config-file other.yaml");

    assertThat(pulumi.calls())
        .containsExactly(
            "config set neonstack:target local -s local",
            "preview -s local",
            "preview -s local --config-file other.yaml");
  }

  @Test
  void aFullDiskIsSaidBeforePulumiWritesAnything() throws Exception {
    script.program("dd", "echo 'No space left on device' >&2; exit 1");

    for (var command : List.of("up", "preview", "env")) {
      var result = neonstack(command);
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.err())
          .startsWith("neonstack: The data folder ")
          .contains("is full or read");
    }
    assertThat(pulumi.calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"psql", "psql -c select"})
  void psqlWithoutABranchSaysSo(String line) throws Exception {
    var result = neonstack(line.split(" "));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).startsWith("neonstack: name a branch: ./neonstack psql BRANCH");
  }

  @Test
  void psqlGetsItsSettingsByTheEnvironmentAndItsArgumentsAsTheyAre() throws Exception {
    script.program("java", "echo \"export PGPASSWORD='it'\\\\''s'\"");
    script.program("psql", "printf '%s|' \"$PGPASSWORD\" \"$@\"");

    var result = neonstack("psql", "main", "-c", "select 'a b'");

    assertThat(result.err()).isEmpty();
    assertThat(result.out()).isEqualTo("it's|-c|select 'a b'|");
  }

  @Test
  void psqlThatIsMissingIsNamedWithTheWayToGetIt() throws Exception {
    assertThat(neonstack("psql", "main").err())
        .contains("No psql was found", "dnf install", "apt install", "brew install");
  }

  @Test
  void resetWithYesForgetsTheStackOfThisFolderOnly() throws Exception {
    neonstack("up");
    var state = folder.resolve(".local/share/neonstack/pulumi/.pulumi/stacks/neonstack");
    Files.writeString(state.resolve("other.json"), "{}");

    assertThat(neonstack("reset", "--yes").code()).isZero();

    assertThat(state.resolve("local.json")).doesNotExist();
    assertThat(state.resolve("other.json")).exists();
    assertThat(neonstack("up").code()).isZero();
    assertThat(state.resolve("local.json")).exists();
  }

  @Test
  void renderHandsThePreviewOfTheStackOnWithTheFolderTheUserMeant() throws Exception {
    assertThat(neonstack("render", "-s", "local", "out").code()).isZero();

    assertThat(pulumi.calls())
        .filteredOn(call -> call.startsWith("preview --stack local"))
        .singleElement()
        .asString()
        .contains("--json", "--show-sames");
    assertThat(Files.readAllLines(words()))
        .containsSubsequence("render", "--preview")
        .endsWith(folder.resolve("elsewhere").resolve("out").toString());
  }

  @Test
  void whatCannotBePreviewedIsNotRendered() throws Exception {
    pulumi.cannotPlan();
    var result = neonstack("render", "-s", "local");

    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains("the preview failed, so there is nothing to render.");
    assertThat(words()).doesNotExist();
  }

  @Test
  void renderNeedsAStack() throws Exception {
    assertThat(neonstack("render").err())
        .contains("render needs a stack", "./neonstack render -s STACK [DIR]");
    assertThat(neonstack("render", "-s", "moon").err()).contains("There is no stack 'moon'");
  }

  private Script.Result neonstack(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(checkout.file("neonstack").toString()));
    command.addAll(List.of(arguments));
    return script.run(folder, variables(), command);
  }

  /** Runs a line of shell in the checkout, after what env prints was taken over. */
  private Script.Result afterEnv(String line) throws IOException, InterruptedException {
    return script.run(
        folder,
        variables(),
        List.of("sh", "-ec", "cd ../home; eval \"$(./neonstack env)\"; " + line));
  }

  private Path words() {
    return folder.resolve("java-words");
  }

  private static Map<String, String> variables() {
    return Map.of("NEONSTACK_PREBUILT", "yes");
  }
}
