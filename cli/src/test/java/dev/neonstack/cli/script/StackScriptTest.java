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
        "[ \"$1\" != -version ] || { echo 'openjdk version \"21.0.2\"' >&2; exit; }\n"
            + "for word in \"$@\"; do echo \"$word\"; done >>'"
            + folder.resolve("java-words")
            + "'\ncase \"$*\" in *' table '*) echo 'BRANCH  DATABASE' ;; esac");
    script.program("javac", "echo 'javac 21.0.2'");
    script.program("mvn", "echo 'Apache Maven 3.9.9'");
  }

  @Test
  void upTwiceMakesTheStackOnceStartsTheLocalProcessAndEndsWithTheBranches() throws Exception {
    var first = neonstack("up");
    var second = neonstack("up", "local");

    assertThat(List.of(first.code(), second.code())).containsOnly(0);
    assertThat(first.out()).endsWith("BRANCH  DATABASE\n");
    assertThat(Files.readAllLines(folder.resolve("java-words"))).contains("start", "table");
    assertThat(pulumi.calls()).filteredOn(call -> call.startsWith("stack init")).hasSize(1);
    assertThat(pulumi.calls()).filteredOn(call -> call.startsWith("up --stack local")).hasSize(2);
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
  void aScriptNeedNotApproveWhatOnlyAdds() throws Exception {
    pulumi.plans("create");

    assertThat(neonstack("up").code()).isZero();

    assertThat(pulumi.calls()).last().asString().startsWith("up --stack local --yes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "replace", "create-replacement", "delete-replaced"})
  void aScriptMustApproveWhatTakesDataAway(String operation) throws Exception {
    pulumi.plans(operation);

    var refused = neonstack("up");
    var approved = neonstack("up", "--yes");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err())
        .contains("demo/dev with its data", "nothing was changed", "./neonstack up --yes")
        .doesNotContain("neonstack-local");
    assertThat(approved.code()).isZero();
    assertThat(pulumi.calls()).filteredOn(call -> call.startsWith("up ")).hasSize(1);
  }

  @Test
  void whereAPreviewFailsNothingIsApproved() throws Exception {
    pulumi.cannotPlan();

    var result = neonstack("up");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("nothing was changed");
    assertThat(pulumi.calls()).noneMatch(call -> call.startsWith("up "));
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
        .contains("--json");
    assertThat(Files.readAllLines(folder.resolve("java-words")))
        .containsSubsequence("render", "--preview")
        .endsWith(folder.resolve("elsewhere").resolve("out").toString());
  }

  @Test
  void whatCannotBePreviewedIsNotRendered() throws Exception {
    pulumi.cannotPlan();
    var result = neonstack("render", "-s", "local");

    assertThat(result.code()).isNotZero();
    assertThat(result.err()).contains("the preview failed, so there is nothing to render.");
    assertThat(folder.resolve("java-words")).doesNotExist();
  }

  @Test
  void renderNeedsAStack() throws Exception {
    assertThat(neonstack("render").err())
        .contains("render needs a stack: ./neonstack render -s STACK [DIR]");
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

  private static Map<String, String> variables() {
    return Map.of("NEONSTACK_PREBUILT", "yes");
  }
}
