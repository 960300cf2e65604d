package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A call of AWS by somebody.
 *
 * @param principal an ARN, or the name of a service or of an issuer of tokens
 * @param context what the call carries, by condition key, of which case does not count
 * @param identityPolicy the only one of the caller; absent: none
 * @param resourcePolicy of what is called for, which is in the account {@link MadePolicies#ACCOUNT}
 */
record Call(
    String principal,
    String action,
    String resource,
    Map<String, List<String>> context,
    Optional<JsonNode> identityPolicy,
    JsonNode resourcePolicy) {
  Call {
    var keys = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    keys.putAll(context);
    context = keys;
  }

  /** The account of the caller; services and issuers have none. */
  Optional<String> account() {
    return principal.startsWith("arn:")
        ? Optional.of(principal.split(":", 6)[4])
        : Optional.empty();
  }

  @Override
  public String toString() {
    return "%s %s %s by %s".formatted(action, resource, context, principal);
  }
}
