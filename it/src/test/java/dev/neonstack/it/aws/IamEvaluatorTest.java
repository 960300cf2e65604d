package dev.neonstack.it.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.it.aws.IamEvaluator.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What AWS's user guide of IAM says of policies ("Policy evaluation logic", "JSON policy
 * elements"), case by case.
 */
final class IamEvaluatorTest {
  private static final String ROLE = "arn:aws:sts::123456789012:assumed-role/one/session";
  private static final String STRANGER = "arn:aws:sts::999999999999:assumed-role/one/session";
  private static final String OBJECT = "arn:aws:s3:::bucket/home/ann/file";
  private static final String NONE = "{}";

  @Test
  void nothingIsAllowedUnlessAStatementSaysSo() {
    assertDecided(Decision.IMPLICITLY_DENIED, own(NONE));
    assertDecided(Decision.ALLOWED, own(allow("'Action':'s3:Get*','Resource':'*'")));
    assertDecided(Decision.ALLOWED, own(allow("'Action':'S3:GETOBJECT','Resource':'*'")));
    assertDecided(Decision.IMPLICITLY_DENIED, own(allow("'Action':'s3:Put*','Resource':'*'")));
  }

  @Test
  void aDenialWinsWhereverItStands() {
    var everything = allow("'Action':'*','Resource':'*'");
    assertDecided(
        Decision.EXPLICITLY_DENIED,
        call(ROLE, everything, deny("'Principal':'*','Action':'s3:*','Resource':'*'")));
    assertDecided(
        Decision.EXPLICITLY_DENIED,
        own(
            "{'Statement':["
                + "{'Effect':'Allow','Action':'*','Resource':'*'},"
                + "{'Effect':'Deny','NotAction':'iam:*','Resource':'*'}]}"));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:s3:::bucket/*, true",
    "arn:aws:s3:::bucket/home/???/file, true",
    "arn:aws:s3:::bucket/Home/*, false",
    "arn:aws:s3:::bucket, false",
    "arn:aws:s3:::bucket/home/${aws:username}/*, true",
    "arn:aws:s3:::bucket/home/${aws:userid}/*, false",
  })
  void resourcesAreComparedWithWildcardsAndVariables(String resource, boolean fits) {
    assertDecided(
        fits ? Decision.ALLOWED : Decision.IMPLICITLY_DENIED,
        own(
            allow("'Action':'s3:GetObject','Resource':'%s'".formatted(resource)),
            Map.of("aws:username", List.of("ann"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'StringEquals':{'aws:RequestTag/a':'1'}} | 1 | true",
        "{'StringEquals':{'aws:RequestTag/a':['0','1']}} | 1 | true",
        "{'StringEquals':{'aws:RequestTag/a':'1','aws:RequestTag/b':'1'}} | 1 | false",
        "{'StringEquals':{'AWS:requesttag/A':'1'}} | 1 | true",
        "{'StringEquals':{'aws:RequestTag/a':'1'}} | - | false",
        "{'StringEqualsIfExists':{'aws:RequestTag/a':'1'}} | - | true",
        "{'StringEqualsIfExists':{'aws:RequestTag/a':'1'}} | 2 | false",
        "{'StringNotEquals':{'aws:RequestTag/a':'1'}} | - | true",
        "{'StringNotEquals':{'aws:RequestTag/a':['1','2']}} | 2 | false",
        "{'StringLike':{'aws:RequestTag/a':'*'}} | '' | true",
        "{'StringLike':{'aws:RequestTag/a':'*'}} | - | false",
        "{'StringLike':{'aws:RequestTag/a':'x-?'}} | x-1 | true",
        "{'StringEqualsIgnoreCase':{'aws:RequestTag/a':'X'}} | x | true",
        "{'NumericLessThan':{'s3:TlsVersion':'1.2'}} | - | false",
        "{'Null':{'aws:RequestTag/a':'true'}} | - | true",
        "{'Null':{'aws:RequestTag/a':'false'}} | 1 | true",
        "{'Null':{'aws:RequestTag/a':'true'}} | 1 | false",
        "{'Bool':{'aws:RequestTag/a':'true'}} | TRUE | true",
      })
  void conditionsHoldAsTheGuideSays(String condition, String value, boolean holds) {
    Map<String, List<String>> context =
        "-".equals(value) ? Map.of() : Map.of("aws:RequestTag/a", List.of(value));
    assertDecided(
        holds ? Decision.ALLOWED : Decision.IMPLICITLY_DENIED,
        own(allow("'Action':'*','Resource':'*','Condition':" + condition), context));
  }

  @Test
  void ofManyValuesAllOrAnyHaveToFit() {
    var all =
        allow(
            "'Action':'*','Resource':'*','Condition':"
                + "{'ForAllValues:StringEquals':{'aws:TagKeys':['a','b']}}");
    var any =
        allow(
            "'Action':'*','Resource':'*','Condition':"
                + "{'ForAnyValue:StringEquals':{'aws:TagKeys':['a','b']}}");

    assertDecided(Decision.ALLOWED, own(all, Map.of("aws:TagKeys", List.of("a", "b"))));
    assertDecided(Decision.IMPLICITLY_DENIED, own(all, Map.of("aws:TagKeys", List.of("a", "c"))));
    assertDecided(Decision.ALLOWED, own(all, Map.of()));
    assertDecided(Decision.ALLOWED, own(any, Map.of("aws:TagKeys", List.of("a", "c"))));
    assertDecided(Decision.IMPLICITLY_DENIED, own(any, Map.of("aws:TagKeys", List.of("c"))));
    assertDecided(Decision.IMPLICITLY_DENIED, own(any, Map.of()));
  }

  @Test
  void withoutASecondFactorIsDeniedAlsoWhereTheCallDoesNotSay() {
    var policy =
        "{'Statement':[{'Effect':'Allow','Action':'*','Resource':'*'},"
            + "{'Effect':'Deny','Action':'*','Resource':'*','Condition':"
            + "{'BoolIfExists':{'aws:MultiFactorAuthPresent':'false'}}}]}";

    assertDecided(Decision.EXPLICITLY_DENIED, own(policy));
    assertDecided(
        Decision.ALLOWED, own(policy, Map.of("aws:MultiFactorAuthPresent", List.of("true"))));
  }

  @Test
  void withinAnAccountEitherPolicyIsEnoughAndBetweenAccountsBothAreNeeded() {
    var mine = allow("'Action':'s3:GetObject','Resource':'*'");
    var everybody = allow("'Principal':{'AWS':'*'},'Action':'s3:GetObject','Resource':'*'");
    var theirs =
        allow(
            "'Principal':{'AWS':'arn:aws:iam::999999999999:root'},"
                + "'Action':'s3:GetObject','Resource':'*'");

    assertDecided(Decision.ALLOWED, call(ROLE, mine, NONE), call(ROLE, NONE, everybody));
    assertDecided(
        Decision.IMPLICITLY_DENIED,
        call(STRANGER, mine, NONE),
        call(STRANGER, NONE, everybody),
        call(STRANGER, NONE, theirs),
        call(ROLE, NONE, theirs));
    assertDecided(Decision.ALLOWED, call(STRANGER, mine, everybody), call(STRANGER, mine, theirs));
  }

  @Test
  void aSessionIsItsRoleAndOnlyTheOneNamed() {
    var one =
        allow(
            "'Principal':{'AWS':'arn:aws:iam::123456789012:role/one'},"
                + "'Action':'*','Resource':'*'");
    var allButOne =
        deny(
            "'NotPrincipal':{'AWS':'arn:aws:iam::123456789012:role/one'},"
                + "'Action':'*','Resource':'*'");

    assertDecided(Decision.ALLOWED, call(ROLE, NONE, one));
    assertDecided(
        Decision.IMPLICITLY_DENIED, call(ROLE.replace("role/one", "role/two"), NONE, one));
    assertDecided(
        Decision.EXPLICITLY_DENIED, call(ROLE.replace("role/one", "role/two"), NONE, allButOne));
  }

  @Test
  void aKeyOpensToItsAccountOnlyForThoseWhomAPolicyOfTheirsAllows() {
    var key =
        allow(
            "'Principal':{'AWS':'arn:aws:iam::123456789012:root'},"
                + "'Action':'kms:*','Resource':'*'");
    var mine = allow("'Action':'kms:Decrypt','Resource':'*'");

    assertDecided(Decision.ALLOWED, kms(mine, key));
    assertDecided(Decision.IMPLICITLY_DENIED, kms(NONE, key), kms(mine, NONE));
  }

  @Test
  void whatIsNotUnderstoodIsNoDecision() {
    assertThatThrownBy(
            () ->
                IamEvaluator.decide(
                    own(
                        allow(
                            "'Action':'*','Resource':'*','Condition':"
                                + "{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}"),
                        Map.of("aws:SourceIp", List.of("10.0.0.1")))))
        .hasMessage("operator IpAddress is not evaluated");
    assertThatThrownBy(
            () ->
                IamEvaluator.decide(
                    own(
                        allow(
                            "'Action':'*','Resource':'*','Condition':"
                                + "{'StringEquals':{'s3:prefx':'a'}}"))))
        .hasMessage("no call carries s3:prefx");
    assertThatThrownBy(() -> IamEvaluator.decide(own(allow("'Actions':'*','Resource':'*'"))))
        .hasMessage("a statement has no part Actions");
  }

  private static String allow(String parts) {
    return "{'Statement':[{'Effect':'Allow',%s}]}".formatted(parts);
  }

  private static String deny(String parts) {
    return "{'Statement':[{'Effect':'Deny',%s}]}".formatted(parts);
  }

  private static Call own(String policy) {
    return call(ROLE, policy, NONE);
  }

  private static Call own(String policy, Map<String, List<String>> context) {
    return new Call(ROLE, "s3:GetObject", OBJECT, context, Optional.of(json(policy)), json(NONE));
  }

  private static Call kms(String identity, String key) {
    return new Call(
        ROLE,
        "kms:Decrypt",
        "arn:aws:kms:eu-central-1:123456789012:key/one",
        Map.of(),
        Optional.of(json(identity)),
        json(key));
  }

  private static Call call(String principal, String identity, String resource) {
    return new Call(
        principal, "s3:GetObject", OBJECT, Map.of(), Optional.of(json(identity)), json(resource));
  }

  private static void assertDecided(Decision decision, Call... calls) {
    for (var call : calls) {
      assertThat(IamEvaluator.decide(call)).as("%s", call).isEqualTo(decision);
    }
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
