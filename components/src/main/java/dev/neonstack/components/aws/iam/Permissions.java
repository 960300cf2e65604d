package dev.neonstack.components.aws.iam;

import com.pulumi.core.Output;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a role may do. The keys of both maps name resources: a changed key takes the policy away and
 * gives it anew.
 *
 * @param managed ARNs of managed policies
 * @param inline policies that belong to the role
 */
public record Permissions(Map<String, Output<String>> managed, Map<String, PolicyDocument> inline) {
  public Permissions {
    managed = Collections.unmodifiableMap(new TreeMap<>(managed));
    inline = Collections.unmodifiableMap(new TreeMap<>(inline));
    if (managed.isEmpty() && inline.isEmpty()) {
      throw new IllegalArgumentException("a role has no policies; expected one or more");
    }
    for (var key : inline.keySet()) {
      if (managed.containsKey(key)) {
        throw new IllegalArgumentException(
            "two policies of a role are named '%s'; expected each name once".formatted(key));
      }
    }
  }

  public static Permissions managed(String key, Output<String> policyArn) {
    return new Permissions(Map.of(key, policyArn), Map.of());
  }

  public static Permissions inline(String key, PolicyDocument policy) {
    return new Permissions(Map.of(), Map.of(key, policy));
  }
}
