package dev.neonstack.components.aws.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PolicyDocumentTest {
  private static final List<String> GET = List.of("s3:GetObject");
  private static final Resources BUCKET = Resources.of("arn:aws:s3:::one");

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void theTextIsTheSameInWhateverOrderThePartsWereNamed() {
    var one =
        Statement.allow(
            "A",
            List.of("s3:PutObject", "s3:GetObject"),
            Resources.of("arn:aws:s3:::b", "arn:aws:s3:::a"),
            Condition.of("StringLike", "s3:prefix", "b", "a"),
            Condition.of("Bool", "aws:SecureTransport", "true"));
    var other =
        Statement.allow(
            "A",
            List.of("s3:GetObject", "s3:PutObject"),
            Resources.of("arn:aws:s3:::a", "arn:aws:s3:::b"),
            Condition.of("Bool", "aws:SecureTransport", "true"),
            Condition.of("StringLike", "s3:prefix", "a", "b"));

    assertThat(text(one))
        .isEqualTo(text(other))
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"A\",\"Effect\":\"Allow\","
                + "\"Action\":[\"s3:GetObject\",\"s3:PutObject\"],"
                + "\"Resource\":[\"arn:aws:s3:::a\",\"arn:aws:s3:::b\"],"
                + "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":[\"true\"]},"
                + "\"StringLike\":{\"s3:prefix\":[\"a\",\"b\"]}}}]}");
  }

  @Test
  void denialsMayBeAboutEveryoneAndEveryCall() {
    var denial = Statement.deny("NoHttp", List.of("s3:*"), Resources.any()).by(Principal.anyone());

    assertThat(text(denial))
        .contains("\"Principal\":\"*\",\"Action\":[\"s3:*\"],\"Resource\":\"*\"");
  }

  @Test
  void wildcardsInAllowedCallsAreRefused() {
    assertThatThrownBy(() -> Statement.allow("A", List.of("s3:*"), BUCKET))
        .hasMessage(
            "action 's3:*' of statement A is not allowed; expected the name of one call, such as s3:GetObject");
    assertThatThrownBy(() -> Statement.allow("A", List.of("s3:Get*"), BUCKET))
        .hasMessageContaining("action 's3:Get*'");
    assertThatThrownBy(() -> Statement.deny("A", List.of("*"), BUCKET))
        .hasMessageContaining("action '*'");
  }

  @Test
  void everythingIsNoArn() {
    var careless = PolicyDocument.of(Statement.allow("A", GET, Resources.of(Output.of("*"))));

    assertThatThrownBy(() -> PulumiTest.extractValue(careless.json()))
        .hasStackTraceContaining("resource '*' of statement A is no ARN; expected arn:…");
  }

  @Test
  void everyoneIsNotLetIn() {
    var open = Statement.allow("A", GET, BUCKET);

    assertThatThrownBy(() -> open.by(Principal.anyone()))
        .hasMessageContaining("statement A lets everyone in; expected a service");
    var hidden = PolicyDocument.of(open.by(Principal.aws(Output.of("*"))));
    assertThatThrownBy(() -> PulumiTest.extractValue(hidden.json()))
        .hasStackTraceContaining("principal of statement A is AWS '*'; expected an ARN or a host");
  }

  @Test
  void aConditionIamDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> Condition.of("StringEqual", "s3:prefix", "a"))
        .hasMessage(
            "'StringEqual' is no condition operator; expected one of IAM's, such as StringEquals");
  }

  @Test
  void twoConditionsOnOneKeyAreRefused() {
    var twice =
        PolicyDocument.of(
            Statement.allow(
                "A",
                GET,
                BUCKET,
                Condition.of("StringLike", "s3:prefix", "a"),
                Condition.of("StringLike", "s3:prefix", "b")));

    assertThatThrownBy(() -> PulumiTest.extractValue(twice.json()))
        .hasStackTraceContaining("statement A has two conditions StringLike on s3:prefix");
  }

  @Test
  void twoStatementsOfOneNameAreRefused() {
    var statement = Statement.allow("A", GET, BUCKET);

    assertThatThrownBy(() -> PolicyDocument.of(statement, statement))
        .hasMessageContaining("two statements of a policy are named 'A'");
  }

  private static String text(Statement statement) {
    return PulumiTest.extractValue(PolicyDocument.of(statement).json());
  }
}
