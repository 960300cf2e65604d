package dev.neonstack.cli;

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

/** What cost and policy say of a preview. */
final class ReviewCommandsTest {
  @TempDir private Path dir;

  @BeforeEach
  void preview() throws IOException {
    Files.writeString(
        dir.resolve("preview.json"),
        """
        {"steps": [
          {"op": "update",
            "oldState": {"custom": true, "urn": "urn:pulumi:dev::neonstack::aws:eks/nodeGroup:NodeGroup::all",
              "type": "aws:eks/nodeGroup:NodeGroup",
              "inputs": {"instanceTypes": ["t3.large"], "scalingConfig": {"desiredSize": 1}}},
            "newState": {"custom": true, "urn": "urn:pulumi:dev::neonstack::aws:eks/nodeGroup:NodeGroup::all",
              "type": "aws:eks/nodeGroup:NodeGroup",
              "inputs": {"instanceTypes": ["t3.large"], "scalingConfig": {"desiredSize": 3},
                "launchTemplate": {"id": "04da6b54-80e4-46f7-96ec-b56ff0331ba9"},
                "tags": {"neonstack:stack": "dev", "owner": "a", "environment": "dev"}}}},
          {"op": "create", "newState": {"custom": true, "type": "aws:kms/key:Key",
            "urn": "urn:pulumi:dev::neonstack::aws:kms/key:Key::main",
            "inputs": {"enableKeyRotation": true, "policy": {
              "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "hunter2"},
              "tags": {"neonstack:stack": "dev", "owner": "a", "environment": "dev"}}}}]}
        """);
    settings("config: {}");
  }

  private void settings(String yaml) throws IOException {
    Files.writeString(dir.resolve("Pulumi.dev.yaml"), yaml);
  }

  private Cli.Result cost(String... more) {
    var words = new ArrayList<>(List.of("--stack", "dev"));
    words.addAll(List.of(more));
    return run("cost", words.toArray(String[]::new));
  }

  private Cli.Result run(String command, String... more) {
    var arguments =
        new ArrayList<>(List.of(command, "--preview", dir.resolve("preview.json").toString()));
    arguments.addAll(List.of(more));
    return Cli.run(Map.of("NEONSTACK_HOME", dir.toString()), arguments.toArray(String[]::new));
  }

  @Test
  void theBillHasItemsTotalDateRegionAndWhatIsAssumed() {
    var result = cost();

    assertThat(result.code()).isZero();
    assertThat(result.out())
        .startsWith("ITEM ")
        .containsPattern("Node group all +3 t3.large +\\$0.0832/h +\\$182.21\n")
        .containsPattern("KMS keys +1 key +\\$1 +\\$1.00\n")
        .containsPattern("total +\\$188.01\n")
        .containsPattern("Prices of us-east-1 on \\d{4}-\\d\\d-\\d\\d, on demand")
        .contains("Not included: data transfer")
        .doesNotContain("hunter2", "CHANGE");
  }

  @Test
  void theDifferenceIsToldItemByItem() {
    assertThat(cost("--compare").out())
        .containsPattern("Node group all +\\$60.74 +\\$182.21 +\\+ \\$121.47\n")
        .containsPattern("KMS keys +- +\\$1.00 +\\+ \\$1.00\n")
        .endsWith("The next update: + $125.67 a month\n");
  }

  @Test
  void whatTheStackSaysOfItsUseIsCounted() throws IOException {
    var file = dir.resolve("preview.json");
    Files.writeString(
        file,
        Files.readString(file)
            .replace(
                "{\"steps\": [",
                """
                {"steps": [{"op": "create", "newState": {"custom": true, "type": "aws:s3/bucketV2:BucketV2",
                  "urn": "urn:pulumi:dev::neonstack::aws:s3/bucketV2:BucketV2::data", "inputs": {}}},
                """));
    settings("config: {neonstack:usage: {s3TiB: 2.5}}");

    assertThat(cost().out()).containsPattern("S3 objects +2560 GiB");
    assertThat(cost("--s3-tib", "1").out()).containsPattern("S3 objects +1024 GiB");
    settings("config: {neonstack:usage: {s3TiB: much}}");
    assertThat(cost().err()).contains("usage.s3TiB is \"much\"; allowed is a number, 0 or more");
  }

  @Test
  void programsGetTheSameAsJson() {
    assertThat(cost("--json").out())
        .contains("\"perMonth\" : \"$188.01\"", "\"KMS keys\" : \"$1.00\"");
  }

  @Test
  void pricesOfOnesOwnTakeThePlaceOfOurs() throws IOException {
    var file = dir.resolve("mine.yaml");
    Files.writeString(
        file,
        "{date: 2027-01-02, region: mars-1, prices: {kms.key: {usd: 7, per: month, source: x}}}");
    var result =
        Cli.run(
            Map.of("NEONSTACK_PRICES", file.toString(), "NEONSTACK_HOME", dir.toString()),
            "cost",
            "--stack",
            "dev",
            "--preview",
            dir.resolve("preview.json").toString());

    assertThat(result.out())
        .containsPattern("Node group all +3 t3.large +- +no price +the table has no ec2.t3.large")
        .containsPattern("total +at least \\$7.00")
        .contains("Prices of mars-1 on 2027-01-02");
  }

  @Test
  void aStackThatKeepsTheRulesPasses() {
    var result = run("policy", "--stack", "dev");

    assertThat(result.out()).matches("0 violation\\(s\\) of \\d+ rules\n");
    assertThat(result.code()).isZero();
  }

  @Test
  void productionAsksForMoreAndAnExemptionForLess() throws IOException {
    settings("config: {neonstack:production: true}");
    var strict = run("policy", "--stack", "dev");
    settings(
        """
        config:
          neonstack:production: true
          neonstack:policy:
            exemptions:
              - {rule: stateful-kept, resource: main, reason: The key is drawn anew with the stack.}
        """);
    var exempt = run("policy", "--stack", "dev");

    assertThat(strict.code()).isEqualTo(1);
    assertThat(strict.out())
        .startsWith("[stateful-kept] aws:kms/key:Key 'main': protect is false")
        .contains("1 violation(s) of ")
        .doesNotContain("hunter2");
    assertThat(exempt.code()).isZero();
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws IOException {
    assertThat(run("policy").err()).contains("policy: Missing required option");
    assertThat(run("cost").err()).contains("cost: Missing required option");
    assertThat(run("policy", "--stack", "moon").err()).contains("there is no stack 'moon'");
    settings("config: {neonstack:policy: {exemptions: [{rule: tags, resource: x}]}}");
    assertThat(run("policy", "--stack", "dev").err()).contains("has no reason");
    Files.writeString(dir.resolve("preview.json"), "{}");
    assertThat(cost().err()).contains("the preview has no steps");
  }
}
