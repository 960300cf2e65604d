package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the workflow for pull requests may do, and that what it calls is there. */
final class PreviewWorkflowTest {
  private static final Path HOME = Script.repository();

  private final String text = read(".github/workflows/preview.yml");
  private final JsonNode workflow = yaml(text);
  private final JsonNode job = workflow.path("jobs").path("preview");

  @Test
  void nothingIsGivenToForks() {
    assertThat(workflow.path("on").properties())
        .extracting(event -> event.getKey())
        .containsExactly("pull_request");
    assertThat(job.path("if").asText())
        .isEqualTo("github.event.pull_request.head.repo.full_name == github.repository");
  }

  @Test
  void itMayReadTheCodeTakeARoleAndComment() {
    assertThat(workflow.path("permissions").isObject()).isTrue();
    assertThat(workflow.path("permissions").isEmpty()).isTrue();
    assertThat(job.path("permissions"))
        .isEqualTo(yaml("{contents: read, id-token: write, pull-requests: write}"));
    assertThat(workflow.path("jobs").size()).isEqualTo(1);
  }

  @Test
  void actionsArePinnedByCommitAndKeepNoCredentials() {
    assertThat(steps().filter(step -> step.has("uses")))
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(
            step -> assertThat(step.path("uses").asText()).matches("[a-z-]+/[a-z-]+@[0-9a-f]{40}"));
    assertThat(step("actions/checkout").path("with").path("persist-credentials").asBoolean(true))
        .isFalse();
  }

  @Test
  void awsIsReachedByARoleAndNoKeys() {
    var aws = step("aws-actions/configure-aws-credentials");

    assertThat(aws.path("with"))
        .isEqualTo(
            yaml(
                "{role-to-assume: '${{ vars.AWS_ROLE_ARN }}', aws-region: '${{ vars.AWS_REGION }}'}"));
    assertThat(aws.path("if").asText()).isEqualTo("matrix.aws");
    assertThat(found(text, "secrets\\.(\\w+)")).containsExactly("PULUMI_CONFIG_PASSPHRASE");
  }

  @Test
  void everyStackHasARunOfItsOwnThatALaterOneReplaces() {
    assertThat(job.path("strategy").path("matrix").path("include").findValuesAsText("stack"))
        .containsExactly("dev", "corp");
    assertThat(job.path("strategy").path("fail-fast").asBoolean(true)).isFalse();
    assertThat(workflow.path("concurrency").path("group").asText())
        .contains("github.event.pull_request.number");
    assertThat(workflow.path("concurrency").path("cancel-in-progress").asBoolean()).isTrue();
  }

  @Test
  void theCommandsItCallsAreThere() {
    var script = String.join("\n", steps().map(step -> step.path("run").asText()).toList());
    var help = found(read("neonstack"), "(?m)^  ([a-z]+) .*(?:\\[STACK\\]|-s STACK)");

    assertThat(found(script, "\\./neonstack ([a-z]+)"))
        .containsOnly("preview", "cost", "policy")
        .isSubsetOf(help);
    assertThat(found(script, "(libexec/[a-z-]+)"))
        .isNotEmpty()
        .allSatisfy(path -> assertThat(Files.isExecutable(HOME.resolve(path))).isTrue());
    assertThat(script)
        .as("values of others reach a shell by its environment only")
        .doesNotContain("${{");
  }

  @Test
  void pulumiIsTheOneTheToolsPin() {
    assertThat(step("pulumi/actions").path("with").path("pulumi-version").asText())
        .isEqualTo(found(read("tools/go.mod"), "pulumi/pkg/v3 v([0-9.]+)").get(0));
    assertThat(step("pulumi/actions").path("with").has("command")).isFalse();
  }

  private Stream<JsonNode> steps() {
    return job.path("steps").valueStream();
  }

  private JsonNode step(String action) {
    return steps()
        .filter(step -> step.path("uses").asText().startsWith(action + "@"))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> found(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.group(1))
        .distinct()
        .toList();
  }

  private static String read(String path) {
    try {
      return Files.readString(HOME.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode yaml(String text) {
    try {
      return new YAMLMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
