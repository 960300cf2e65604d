package dev.neonstack.cli.stack;

import static dev.neonstack.cli.stack.Planned.branch;
import static dev.neonstack.cli.stack.Planned.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** up, preview, refresh and destroy over an engine that only writes down what it is asked. */
final class StackCommandsTest {
  private static final String ADDS = branch("create", "new");
  private static final String LOSES = branch("delete", "old");
  private static final String UP = "up --yes --skip-preview --json --stack local";

  @TempDir private Path folder;

  private FakeEngine engine;

  @BeforeEach
  void setUp() throws IOException {
    engine = new FakeEngine(folder);
  }

  @Test
  void onThisMachineAScriptNeedNotApproveWhatOnlyAdds() throws Exception {
    engine.plans(ADDS);
    var result = run("up");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("+  demo/new  branch");
    assertThat(engine.work()).containsExactly(UP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"corp", "second"})
  void elsewhereItMustApproveAnyChange(String stack) throws Exception {
    engine.plans(ADDS);
    var refused = Cli.run(engine.environment(), "up", "--stack", stack);

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("nothing was changed", "./neonstack up " + stack + " --yes");
    assertThat(engine.work()).isEmpty();
    assertThat(Cli.run(engine.environment(), "up", "--stack", stack, "--yes").code()).isZero();
    assertThat(engine.work()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"up, local", "up, corp", "destroy, local", "destroy, dev"})
  void whatIsLostIsNamedAndNeedsAYesOnEveryStack(String command, String stack) throws Exception {
    engine.plans(LOSES);
    var refused = Cli.run(engine.environment(), command, "--stack", stack);
    var approved = Cli.run(engine.environment(), command, "--stack", stack, "--yes");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).contains("cannot be taken back", "demo/old: the branch goes");
    assertThat(refused.err()).contains("lost for good", "nothing was changed");
    assertThat(approved.code()).isZero();
    assertThat(approved.out()).contains("demo/old: the branch goes");
    assertThat(engine.work()).singleElement().asString().startsWith(command + " --yes");
  }

  @ParameterizedTest
  @CsvSource({"yes, 0, 1", "no, 1, 0", "y, 1, 0", "'', 1, 0"})
  void onATerminalOnlyYesIsOne(String answer, int code, int runs) throws Exception {
    engine.plans(LOSES);
    var result = answering(answer + "\n", "up", "--terminal");

    assertThat(result.code()).isEqualTo(code);
    assertThat(result.err()).contains("Type yes to go on");
    assertThat(engine.work()).hasSize(runs);
  }

  @Test
  void nothingIsLockedWhileAnAnswerIsAwaited() throws Exception {
    engine.plans(LOSES);
    answering("", "up", "--terminal");

    assertThat(engine.calls()).allMatch(call -> call.startsWith("preview "));
  }

  @Test
  void whatHasBecomeAnotherChangeMeanwhileIsShownAndAskedAgain() throws Exception {
    engine.plans(ADDS);
    engine.plansLater(ADDS, LOSES);
    var refused = answering("yes\nno\n", "up", "--terminal");

    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("another change by now");
    assertThat(refused.out()).contains("demo/old: the branch goes");
    assertThat(engine.work()).isEmpty();
  }

  @Test
  void whereNothingChangesAndNothingHasChangedTheUpdateIsSpared() throws Exception {
    engine.plans(branch("same", "main"));
    var state = Files.writeString(folder.resolve("state.json"), "{}");
    var config = Files.writeString(folder.resolve("config.yaml"), "a: b");
    Files.createDirectories(folder.resolve("home/target"));
    Files.writeString(folder.resolve("home/target/build.inputs"), "x");
    var words =
        new String[] {"up", "--state", state.toString(), "--config-file", config.toString()};

    run(words);
    run(words);
    assertThat(engine.work()).hasSize(1);
    Files.writeString(state, "{\"outputs\": 1}");
    run(words);
    assertThat(engine.work()).hasSize(2);
    Files.writeString(config, "a: c");
    run(words);
    assertThat(engine.work()).hasSize(3);
  }

  @Test
  void afterARunThatDidNotEndWellItIsLookedFirstAtWhatIsThere() throws Exception {
    engine.plans(ADDS);
    engine.ends(255, "");
    assertThat(run("up").code()).isEqualTo(1);
    engine.ends(0, "");

    assertThat(run("up").err()).contains("did not end well");
    assertThat(run("up").err()).isEmpty();
    assertThat(engine.work())
        .extracting(call -> call.substring(0, call.indexOf(' ')))
        .containsExactly("up", "refresh", "up", "up");
  }

  @Test
  void oneMistakeIsOneMessage() throws Exception {
    engine.cannotPlan(
        """
        {"severity": "error", "message": "error: 1 problem in the configuration\\n - x\\n"},
        {"severity": "error", "message": "error: 1 problem in the configuration\\n - x\\n"},
        {"severity": "error", "message": "error: an unhandled error occurred: 'program' exited with non-zero exit code: 32\\n"}
        """);
    var result = run("up");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("error: 1 problem in the configuration\n - x\n");
    assertThat(engine.work()).isEmpty();
  }

  @Test
  void whatFailedIsSaidByNameAndWhatWasMadeIsCounted() throws Exception {
    engine.plans(ADDS, step("create", "neonstack:index:Endpoint", "demo/new", "{}"));
    engine.ends(
        255,
        """
        {"resOutputsEvent": {"metadata": {"op": "create", "urn": "urn:pulumi:x::n::t::demo/new", "new": {"custom": true}}}}
        {"diagnosticEvent": {"urn": "urn:pulumi:x::n::t::demo/new", "severity": "error", "message": "no port is free\\n"}}
        """);

    assertThat(run("up").err())
        .isEqualTo(
            """
            error: demo/new: no port is free
            1 of the changes was made; the next ./neonstack up goes on from there
            """);
  }

  @Test
  void whatPulumiProtectsIsToldWithOurWayOut() throws Exception {
    engine.cannotPlan(
        """
        {"severity": "error", "urn": "urn:pulumi:x::n::t::demo/main", "message": "error: resource \\"urn\\" cannot be deleted\\nbecause it is protected. To unprotect the resource, either remove the `protect` flag"}
        """);

    assertThat(run("destroy").err()).contains("demo/main: it is protected", "protected: false");
  }

  @Test
  void refreshTakesNothingAwayAndAScriptNeedNotApproveIt() throws Exception {
    engine.plans(LOSES);
    var result = run("refresh");

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("-  demo/old").doesNotContain("cannot be taken back");
    assertThat(engine.work()).singleElement().asString().startsWith("refresh --yes");
  }

  @Test
  void aPreviewThatIsThereIsReadWithoutTheEngine() throws Exception {
    var file = Files.writeString(folder.resolve("there.json"), Planned.document(LOSES));

    assertThat(run("preview", "--preview", file.toString()).out()).contains("demo/old: the branch");
    assertThat(engine.calls()).isEmpty();
  }

  @Test
  void previewChangesNothing() throws Exception {
    assertThat(run("preview").out()).isEqualTo("Nothing would change.\n");
    engine.plans(LOSES);
    assertThat(run("preview").out()).contains("demo/old: the branch goes");
    assertThat(engine.work()).isEmpty();
  }

  @Test
  void aPreviewLooksFirstAtWhatIsThereWhereUpWould() throws Exception {
    engine.plans(branch("refresh", "gone"), branch("refresh", "new"), ADDS);

    assertThat(run("preview", "--refresh").out()).isEqualTo("+  demo/new  branch\n");
    engine.ends(255, "");
    run("up");
    run("preview");
    assertThat(engine.calls())
        .containsExactly(
            "preview --refresh --json --show-sames --stack local",
            "preview --json --show-sames --stack local",
            UP,
            "preview --refresh --json --show-sames --stack local");
  }

  @Test
  void whatIsForPulumiReachesEveryCallOfIt() throws Exception {
    engine.plans(ADDS);
    run("up", "--", "--target", "urn", "-p", "1");

    assertThat(engine.calls()).hasSize(2).allMatch(call -> call.endsWith("--target urn -p 1"));
  }

  private Cli.Result run(String... words) {
    return answering("", words);
  }

  private Cli.Result answering(String typed, String... words) {
    var all = new ArrayList<>(List.of(words[0], "--stack", "local"));
    all.addAll(List.of(words).subList(1, words.length));
    return Cli.answering(typed, engine.environment(), all.toArray(String[]::new));
  }
}
