package dev.neonstack.components.aws.iam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.core.Output;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A policy of IAM. The same statements always give the same text. */
public record PolicyDocument(List<Statement> statements) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public PolicyDocument {
    statements = List.copyOf(statements);
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("a policy has no statements; expected one or more");
    }
    var names = new HashSet<String>();
    for (var statement : statements) {
      if (!names.add(statement.sid())) {
        throw new IllegalArgumentException(
            "two statements of a policy are named '%s'; expected each name once"
                .formatted(statement.sid()));
      }
    }
  }

  public static PolicyDocument of(Statement... statements) {
    return new PolicyDocument(List.of(statements));
  }

  /** The policy as IAM takes it. */
  public Output<String> json() {
    return Output.all(statements.stream().map(PolicyDocument::written).toList())
        .applyValue(PolicyDocument::text);
  }

  private static String text(List<Map<String, Object>> statements) {
    var policy = new LinkedHashMap<String, Object>();
    policy.put("Version", "2012-10-17");
    policy.put("Statement", statements);
    try {
      return JSON.writeValueAsString(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a policy could not be written as JSON", e);
    }
  }

  private static Output<Map<String, Object>> written(Statement statement) {
    var principal = statement.principal().map(Principal::id).orElse(Output.of(""));
    var arns = Output.all(statement.resources().arns());
    var conditions =
        Output.all(statement.conditions().stream().map(PolicyDocument::known).toList());
    return Output.tuple(principal, arns, conditions)
        .applyValue(known -> written(statement, known.t1, known.t2, known.t3));
  }

  private static Map<String, Object> written(
      Statement statement, String principal, List<String> arns, List<KnownCondition> conditions) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("Sid", statement.sid());
    fields.put("Effect", statement.effect().word());
    statement
        .principal()
        .ifPresent(who -> fields.put("Principal", principal(statement, who, principal)));
    fields.put("Action", statement.actions());
    if (statement.resources().unbounded()) {
      fields.put("Resource", "*");
    } else if (!arns.isEmpty()) {
      fields.put("Resource", resources(statement, arns));
    }
    if (!conditions.isEmpty()) {
      fields.put("Condition", conditions(statement, conditions));
    }
    return fields;
  }

  private static Object principal(Statement statement, Principal who, String id) {
    if (who.kind().equals(Principal.ANYONE)) {
      return id;
    }
    if (id.equals(Principal.ANYONE)) {
      throw new IllegalArgumentException(
          "principal of statement %s is %s '*'; expected an ARN or a host, or Principal.anyone()"
              .formatted(statement.sid(), who.kind()));
    }
    return Map.of(who.kind(), id);
  }

  private static List<String> resources(Statement statement, List<String> arns) {
    for (var arn : arns) {
      if (!arn.startsWith("arn:")) {
        throw new IllegalArgumentException(
            "resource '%s' of statement %s is no ARN; expected arn:…, or Resources.any()"
                .formatted(arn, statement.sid()));
      }
    }
    return arns.stream().sorted().distinct().toList();
  }

  private static Map<String, Map<String, List<String>>> conditions(
      Statement statement, List<KnownCondition> conditions) {
    var operators = new TreeMap<String, Map<String, List<String>>>();
    for (var condition : conditions) {
      var keys = operators.computeIfAbsent(condition.operator(), any -> new TreeMap<>());
      if (keys.put(condition.key(), condition.values()) != null) {
        throw new IllegalArgumentException(
            "statement %s has two conditions %s on %s; expected one with all values"
                .formatted(statement.sid(), condition.operator(), condition.key()));
      }
    }
    return operators;
  }

  private static Output<KnownCondition> known(Condition condition) {
    return Output.tuple(condition.key(), Output.all(condition.values()))
        .applyValue(
            known ->
                new KnownCondition(
                    condition.operator(),
                    known.t1,
                    known.t2.stream().sorted().distinct().toList()));
  }

  private record KnownCondition(String operator, String key, List<String> values) {
    KnownCondition {
      values = List.copyOf(values);
    }
  }
}
