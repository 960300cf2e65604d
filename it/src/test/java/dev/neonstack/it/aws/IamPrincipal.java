package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/** Who a statement of a resource's policy is about. */
record IamPrincipal(JsonNode named, boolean negated) {
  static IamPrincipal of(JsonNode statement) {
    return statement.has("NotPrincipal")
        ? new IamPrincipal(statement.path("NotPrincipal"), true)
        : new IamPrincipal(statement.path("Principal"), false);
  }

  /** Whether the statement is about the caller, by name or by account. */
  boolean names(Call call) {
    return negated != (anyone() || byName(call) || byAccount(call));
  }

  /** Whether the caller is meant and not only the account. */
  boolean namesDirectly(Call call) {
    return negated ? names(call) : anyone() || byName(call);
  }

  /** Whether the caller's account is trusted to decide by policies of its own. */
  boolean namesAccountOf(Call call) {
    return !negated && byAccount(call);
  }

  private boolean anyone() {
    return named.asText().equals("*") || texts("AWS").anyMatch("*"::equals);
  }

  private boolean byName(Call call) {
    return Stream.of("AWS", "Service", "Federated")
        .flatMap(this::texts)
        .anyMatch(name -> name.equals(call.principal()) || isRoleOf(name, call));
  }

  private boolean byAccount(Call call) {
    return call.account().stream()
        .anyMatch(
            account ->
                texts("AWS")
                    .anyMatch(List.of(account, "arn:aws:iam::" + account + ":root")::contains));
  }

  /** A session is the role it was opened with. */
  private static boolean isRoleOf(String role, Call call) {
    var session = call.principal().split("[:/]", -1);
    return call.principal().contains(":assumed-role/")
        && role.equals("arn:aws:iam::%s:role/%s".formatted(session[4], session[6]));
  }

  private Stream<String> texts(String kind) {
    return named.has(kind) ? IamText.list(named.path(kind)).stream() : Stream.empty();
  }
}
