package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Decides about calls as IAM does by the policy of the caller and that of the resource: what is
 * denied anywhere is denied; within an account either policy is enough, between accounts both are
 * needed. A key of KMS and a role listen to their own policy first. Boundaries, session policies
 * and those of organizations are not there.
 */
final class IamEvaluator {
  private static final Set<String> PARTS =
      Set.of(
          "Sid",
          "Effect",
          "Action",
          "NotAction",
          "Resource",
          "NotResource",
          "Principal",
          "NotPrincipal",
          "Condition");

  private IamEvaluator() {}

  /** What IAM decides. */
  enum Decision {
    ALLOWED,
    /** Nothing allows it. */
    IMPLICITLY_DENIED,
    /** A statement denies it. */
    EXPLICITLY_DENIED
  }

  static Decision decide(Call call) {
    var own = call.identityPolicy().stream().flatMap(IamEvaluator::statements).toList();
    var others = statements(call.resourcePolicy()).toList();
    var applying =
        Stream.concat(
                own.stream().filter(statement -> concerns(statement, call)),
                others.stream()
                    .filter(statement -> concerns(statement, call))
                    .filter(statement -> IamPrincipal.of(statement).names(call)))
            .toList();
    if (applying.stream().anyMatch(statement -> has(statement, "Deny"))) {
      return Decision.EXPLICITLY_DENIED;
    }
    return isAllowed(call, own, others) ? Decision.ALLOWED : Decision.IMPLICITLY_DENIED;
  }

  private static boolean isAllowed(Call call, List<JsonNode> own, List<JsonNode> others) {
    var byOwn = own.stream().anyMatch(one -> has(one, "Allow") && concerns(one, call));
    var allowing = others.stream().filter(one -> has(one, "Allow") && concerns(one, call)).toList();
    var byName = allowing.stream().anyMatch(one -> IamPrincipal.of(one).namesDirectly(call));
    var byAccount = allowing.stream().anyMatch(one -> IamPrincipal.of(one).namesAccountOf(call));
    if (call.account().isEmpty()) {
      return byName;
    }
    var atHome = call.account().get().equals(MadePolicies.ACCOUNT);
    if (listensToItselfFirst(call)) {
      return (byName && (atHome || byOwn)) || (byAccount && byOwn);
    }
    return atHome ? byOwn || byName : byOwn && (byName || byAccount);
  }

  private static boolean listensToItselfFirst(Call call) {
    return call.action().startsWith("kms:") || call.action().startsWith("sts:");
  }

  private static Stream<JsonNode> statements(JsonNode policy) {
    var statements = policy.path("Statement");
    var each =
        statements.isArray()
            ? StreamSupport.stream(statements.spliterator(), false)
            : Stream.of(statements);
    return each.filter(JsonNode::isObject).peek(IamEvaluator::requireKnown);
  }

  private static void requireKnown(JsonNode statement) {
    statement
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!PARTS.contains(name)) {
                throw new IllegalArgumentException("a statement has no part " + name);
              }
            });
  }

  private static boolean has(JsonNode statement, String effect) {
    return statement.path("Effect").asText().equals(effect);
  }

  private static boolean concerns(JsonNode statement, Call call) {
    return isAbout(statement, "Action", call.action(), false, call)
        && isAbout(statement, "Resource", call.resource(), true, call)
        && IamConditions.hold(statement.path("Condition"), call);
  }

  /** Trust policies name no resource: they are about the role they belong to. */
  private static boolean isAbout(
      JsonNode statement, String part, String asked, boolean caseCounts, Call call) {
    if (statement.has("Not" + part)) {
      return IamText.list(statement.path("Not" + part)).stream()
          .noneMatch(pattern -> IamText.isLike(pattern, asked, caseCounts, call));
    }
    if (!statement.has(part)) {
      return part.equals("Resource");
    }
    return IamText.list(statement.path(part)).stream()
        .anyMatch(pattern -> IamText.isLike(pattern, asked, caseCounts, call));
  }
}
