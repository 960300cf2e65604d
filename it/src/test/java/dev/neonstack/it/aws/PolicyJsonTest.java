package dev.neonstack.it.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyJsonTest {
  private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":[%s]}";
  private static final String READ =
      "{\"Effect\":\"Allow\",\"Action\":[\"s3:GetObject\"],\"Resource\":\"arn:aws:s3:::data/*\"}";

  @Test
  void aWholePolicyIsFine() {
    assertThat(PolicyJson.IDENTITY.problem(POLICY.formatted(READ))).isEmpty();
    assertThat(PolicyJson.IDENTITY.problem(POLICY.formatted(READ).replaceAll("[\\[\\]]", "")))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "Allow"        | "Maybe"               | neither Effect Allow nor Deny
          s3:GetObject   | GetObject             | has no Action such as
          "Action"       | "Actions"             | has 'Actions', which no statement has
          arn:aws:s3     | s3                    | has a Resource that is no ARN
          "Resource"     | "Principal"           | wrong set of Principal and Resource
          2012-10-17     | 2008-10-17            | without Version 2012-10-17
          "Effect"       | "Sid":"a b","Effect"  | has a Sid that is no word
          """,
      quoteCharacter = '`')
  void aPolicyWithAFaultIsRefused(String part, String wrong, String message) {
    assertThat(PolicyJson.IDENTITY.problem(POLICY.formatted(READ).replace(part, wrong)))
        .hasValueSatisfying(problem -> assertThat(problem).contains(message));
  }

  @Test
  void eachKindHasItsParts() {
    var trust =
        READ.replace("\"Resource\":\"arn:aws:s3:::data/*\"", "\"Principal\":{\"AWS\":\"*\"}");
    assertThat(PolicyJson.TRUST.problem(POLICY.formatted(trust))).isEmpty();
    assertThat(PolicyJson.TRUST.problem(POLICY.formatted(READ))).isPresent();
    assertThat(PolicyJson.RESOURCE.problem(POLICY.formatted(READ))).isPresent();
    assertThat(PolicyJson.IDENTITY.problem(POLICY.formatted(trust))).isPresent();
  }

  @Test
  void aPolicyMayNotBeTooLong() {
    var statements = (READ + ",").repeat(100) + READ;
    assertThat(PolicyJson.IDENTITY.problem(POLICY.formatted(statements)))
        .hasValue("is a policy of more than 6144 characters");
    assertThat(PolicyJson.INLINE.problem(POLICY.formatted(statements))).isEmpty();
  }
}
