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

/** How ./neonstack cost and policy come by a preview and hand it on. */
final class ReviewScriptTest {
  @TempDir private Path folder;

  private Script script;
  private Checkout checkout;
  private FakePulumi pulumi;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    checkout = Checkout.complete(folder);
    pulumi = new FakePulumi(script, folder);
    script.program(
        "java",
        "[ \"$1\" != -version ] || { echo 'openjdk version \"21.0.2\"' >&2; exit; }\n"
            + "for word in \"$@\"; do echo \"$word\"; done >>'%s'\n".formatted(words())
            + "case \"$*\" in *' policy '*) exit 1 ;; esac");
    script.program("javac", "echo 'javac 21.0.2'");
    script.program("mvn", "echo 'Apache Maven 3.9.9'");
  }

  @Test
  void costGetsThePreviewOfTheStackAndItsOptions() throws Exception {
    assertThat(neonstack("cost", "--compare", "-s", "local").code()).isZero();

    assertThat(pulumi.calls())
        .anyMatch(call -> call.startsWith("preview --stack local --json --show-sames"));
    assertThat(Files.readAllLines(words()))
        .containsSubsequence("cost", "--preview", "--stack", "local")
        .endsWith("--compare");
    try (var data = Files.list(folder.resolve(".local/share/neonstack"))) {
      assertThat(data).noneMatch(file -> file.getFileName().toString().startsWith("preview."));
    }
  }

  @Test
  void policyIsToldTheStackAndItsCodeIsKept() throws Exception {
    assertThat(neonstack("policy", "--stack", "local").code()).isEqualTo(1);

    assertThat(Files.readAllLines(words()))
        .containsSubsequence("policy", "--preview", "--stack", "local");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cost", "policy"})
  void aPreviewThatIsThereIsNotMadeAgain(String command) throws Exception {
    neonstack(command, "-s", "local", "--preview", "mine.json");

    assertThat(pulumi.calls()).isEmpty();
    assertThat(Files.readAllLines(words())).containsSubsequence(command, "--preview", "mine.json");
  }

  @Test
  void whatCannotBePreviewedIsNotJudged() throws Exception {
    pulumi.cannotPlan();
    var result = neonstack("policy", "-s", "local");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("the preview failed, so there is nothing to judge.");
    assertThat(words()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cost", "policy"})
  void bothNeedAStack(String command) throws Exception {
    assertThat(neonstack(command).err())
        .contains(command + " needs a stack", "./neonstack " + command);
    assertThat(neonstack(command, "-s", "moon").err()).contains("There is no stack 'moon'");
  }

  private Path words() {
    return folder.resolve("java-words");
  }

  private Script.Result neonstack(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(checkout.file("neonstack").toString()));
    command.addAll(List.of(arguments));
    return script.run(folder, Map.of("NEONSTACK_PREBUILT", "yes"), command);
  }
}
