package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A call of AWS by somebody.
 *
 * @param context what the call carries, by condition key
 * @param identityPolicy the only one of the caller; absent: none
 * @param resourcePolicy of what is called for, which is in the account
 */
record Call(
    String principal,
    String action,
    String resource,
    Map<String, String> context,
    Optional<JsonNode> identityPolicy,
    JsonNode resourcePolicy) {

  /** The call as the simulator takes it. */
  Map<String, Object> simulation() {
    return Map.of(
        "request",
        Map.of(
            "principal", principal,
            "action", action,
            "resource", Map.of("resource", resource, "accountId", MadePolicies.ACCOUNT),
            "contextVariables", context),
        "identityPolicies",
        identityPolicy.stream().map(policy -> Map.of("name", "own", "policy", policy)).toList(),
        "serviceControlPolicies",
        List.of(),
        "resourceControlPolicies",
        List.of(),
        "resourcePolicy",
        resourcePolicy);
  }

  @Override
  public String toString() {
    return "%s %s %s by %s".formatted(action, resource, context, principal);
  }
}
