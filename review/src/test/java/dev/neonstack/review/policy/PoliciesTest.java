package dev.neonstack.review.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Sample;
import dev.neonstack.review.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PoliciesTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
  private static final Profile PRODUCTION = Profile.of(true, "neon", TODAY);
  private static final Profile DEVELOPMENT = Profile.of(false, "neon", TODAY);

  private static ArrayNode good() {
    return (ArrayNode) Sample.file(PoliciesTest.class, "good.yaml");
  }

  private static JsonNode broken() {
    return Sample.file(PoliciesTest.class, "broken.yaml");
  }

  static Stream<JsonNode> cases() {
    return broken().valueStream();
  }

  @Test
  void aStackThatKeepsAllRulesPasses() {
    assertThat(check(good(), PRODUCTION)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatBreaksARuleIsFoundAndNothingElse(JsonNode one) {
    var violations = check(change(one), PRODUCTION);

    assertThat(violations).isNotEmpty();
    assertThat(violations)
        .filteredOn(violation -> violation.rule().equals(one.path("rule").asText()))
        .anySatisfy(
            violation ->
                assertThat(violation.message())
                    .contains(one.path("says").asText(), "; allowed is ")
                    .endsWith(".")
                    .doesNotContain("hunter2"));
    assertThat(violations).extracting(Violation::rule).containsOnly(one.path("rule").asText());
  }

  @Test
  void everyRuleHasACaseAndSaysWhy() {
    assertThat(Policies.rules())
        .hasSizeGreaterThanOrEqualTo(14)
        .allSatisfy(rule -> assertThat(rule.why()).endsWith("."))
        .filteredOn(rule -> !rule.id().equals("stateful-kept"))
        .extracting(Rule::id)
        .doesNotHaveDuplicates()
        .allSatisfy(
            id -> assertThat(cases()).anyMatch(one -> one.path("rule").asText().equals(id)));
  }

  @Test
  void thePageOfTheRulesSaysWhatTheySay() throws IOException {
    var page = Files.readString(Path.of("../docs/policy.md"));

    assertThat(Policies.rules())
        .extracting(
            rule ->
                "| `%s` | %s | %s | %s |"
                    .formatted(
                        rule.id(),
                        rule.productionOnly() ? "production" : "all",
                        rule.wants(),
                        rule.why()))
        .allSatisfy(line -> assertThat(page).contains(line + "\n"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rulesForProductionAreNotAskedOfOthers(JsonNode one) {
    var rule =
        Policies.rules().stream()
            .filter(known -> known.id().equals(one.path("rule").asText()))
            .findFirst()
            .orElseThrow();

    assertThat(check(change(one), DEVELOPMENT).isEmpty()).isEqualTo(rule.productionOnly());
  }

  @Test
  void whatHoldsDataIsKeptInProduction() {
    var resources = good();
    resources.forEach(one -> ((ObjectNode) one).remove("retainOnDelete"));

    assertThat(check(resources, PRODUCTION))
        .extracting(Violation::toString)
        .containsExactly(
            "[stateful-kept] aws:s3/bucketV2:BucketV2 'data': protect is true and retainOnDelete is false;"
                + " allowed is protect and retainOnDelete. Give the resource the options protect and retainOnDelete.",
            "[stateful-kept] aws:kms/key:Key 'key': protect is true and retainOnDelete is false;"
                + " allowed is protect and retainOnDelete. Give the resource the options protect and retainOnDelete.");
    assertThat(check(resources, DEVELOPMENT)).isEmpty();
  }

  @Test
  void aNodeGroupWithoutALaunchTemplateLacksBothThatItWouldSay() {
    var resources = good();
    resources.forEach(one -> ((ObjectNode) one.path("inputs")).remove("launchTemplate"));

    assertThat(check(resources, DEVELOPMENT))
        .extracting(Violation::rule)
        .containsExactly("imdsv2", "volumes-encrypted");
  }

  @Test
  void allViolationsComeAtOnce() {
    var resources = good();
    resources.removeIf(one -> one.path("name").asText().startsWith("data-"));

    assertThat(check(resources, DEVELOPMENT))
        .extracting(Violation::rule)
        .containsExactly("s3-encrypted", "s3-not-public", "s3-tls-only", "s3-versioned");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatIsHiddenCannotBeJudgedAndIsNeverShown(JsonNode one) {
    if (!one.has("at") || one.path("rule").asText().matches("no-plain-secrets|sg-not-world")) {
      return;
    }
    var hidden =
        Sample.yaml(
            "{4dabf18193072939515e22adb298388d: 1b47061264138c4ac30d75fd1eb44270, value: hunter2}");
    for (var value : List.of(hidden, Values.unknown())) {
      var resources = good();
      set(
          resources,
          one.path("at").asText(),
          one.path("set").asText(one.path("unset").asText()),
          value);
      assertThat(check(resources, PRODUCTION)).isEmpty();
    }
  }

  @Test
  void aSecretInThePodIsOneAlsoWherePulumiKnowsIt() {
    var resources = good();
    set(
        resources,
        "kubernetes:apps/v1:StatefulSet::pageserver",
        "/spec/template/spec/containers/0/env/1",
        Sample.yaml(
            "{name: PGPASSWORD, value: {4dabf18193072939515e22adb298388d: 1b47061264138c4ac30d75fd1eb44270, value: hunter2}}"));

    assertThat(check(resources, DEVELOPMENT))
        .singleElement()
        .satisfies(violation -> assertThat(violation.toString()).doesNotContain("hunter2"));
    assertThat(Sample.resources(resources).toString()).doesNotContain("hunter2");
  }

  @Test
  void anExemptionHasAReasonAndCoversWhatItNames() {
    var resources = good();
    set(resources, "nodes", "/policyArn", Sample.yaml("arn:aws:iam::aws:policy/PowerUserAccess"));
    set(resources, "key", "/enableKeyRotation", Sample.yaml("false"));
    var policy =
        Sample.yaml("exemptions: [{rule: iam-no-wildcard, resource: node*, reason: a trial.}]");

    assertThat(check(resources, Profile.read(false, "neon", policy, TODAY)))
        .extracting(Violation::rule)
        .containsExactly("kms-rotation");
    assertThatThrownBy(() -> new Exemption("kms-rotation", "key", " "))
        .hasMessageContaining("has no reason");
    assertThatThrownBy(() -> new Exemption("kms", "key", "x"))
        .hasMessageContaining("exemption from rule 'kms'; allowed are s3-encrypted");
    assertThatThrownBy(() -> new Exemption("kms-rotation", "*", "x"))
        .hasMessageContaining("for resource '*'");
  }

  @Test
  void theStackNamesTagsAndPorts() {
    var resources = good();
    set(resources, "proxy", "/ingress/0/fromPort", Sample.yaml("5432"));
    set(resources, "proxy", "/ingress/0/toPort", Sample.yaml("5432"));
    var policy = Sample.yaml("{tags: [environment], publicPorts: [5432]}");

    assertThat(check(resources, Profile.read(false, "neon", policy, TODAY))).isEmpty();
    assertThatThrownBy(() -> Profile.read(false, "neon", Sample.yaml("{tag: [x]}"), TODAY))
        .hasMessageContaining("policy.tag is unknown; allowed are [exemptions, publicPorts, tags]");
  }

  private static List<Violation> check(ArrayNode resources, Profile profile) {
    return Policies.check(Sample.resources(resources), profile);
  }

  private static ArrayNode change(JsonNode one) {
    var resources = good();
    if (one.has("without")) {
      resources.removeIf(other -> other.path("name").equals(one.path("without")));
    } else if (one.has("set")) {
      set(resources, one.path("at").asText(), one.path("set").asText(), one.path("to"));
    } else {
      set(resources, one.path("at").asText(), one.path("unset").asText(), null);
    }
    return resources;
  }

  private static void set(ArrayNode resources, String at, String pointer, JsonNode value) {
    var inputs =
        resources
            .valueStream()
            .filter(one -> at.equals(one.path("name").asText()) || at.equals(key(one)))
            .findFirst()
            .orElseThrow()
            .path("inputs");
    var split = pointer.lastIndexOf('/');
    var holder = inputs.at(pointer.substring(0, split));
    var last = pointer.substring(split + 1);
    if (holder instanceof ArrayNode list) {
      list.set(Integer.parseInt(last), value);
    } else if (value == null) {
      ((ObjectNode) holder).remove(last);
    } else {
      ((ObjectNode) holder).set(last, value);
    }
  }

  private static String key(JsonNode one) {
    return Declared.key(one.path("type").asText(), one.path("name").asText());
  }
}
