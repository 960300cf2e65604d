package dev.neonstack.it.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.pulumi.Context;
import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The policies that components of a program make, in an account that only makes up ARNs. */
final class MadePolicies implements Mocks {
  static final String ACCOUNT = "123456789012";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Map<String, Object>> made = new ConcurrentHashMap<>();

  static MadePolicies of(Consumer<Context> program) {
    var policies = new MadePolicies();
    try {
      PulumiTest.withMocks(policies).runTest(program).throwOnError();
    } finally {
      PulumiTest.cleanup();
    }
    return policies;
  }

  /**
   * One of them.
   *
   * @param kind of the resource that holds it, such as {@code RolePolicy}
   * @param field of the resource that it is in
   */
  JsonNode policy(String kind, String name, String field) {
    try {
      return JSON.readTree((String) made.get(kind + " " + name).get(field));
    } catch (JsonProcessingException e) {
      throw new AssertionError(name, e);
    }
  }

  @Override
  public CompletableFuture<ResourceResult> newResourceAsync(ResourceArgs args) {
    var type = String.valueOf(args.type);
    var kind = type.substring(type.lastIndexOf(':') + 1);
    var name = String.valueOf(args.name);
    made.put(kind + " " + name, args.inputs);
    var state = new HashMap<String, Object>(args.inputs);
    state.put("arn", arn(kind, name, args.inputs));
    return CompletableFuture.completedFuture(ResourceResult.of(Optional.of(name), state));
  }

  private static String arn(String kind, String name, Map<String, Object> inputs) {
    return switch (kind) {
      case "BucketV2" -> "arn:aws:s3:::" + inputs.get("bucket");
      case "Key" -> "arn:aws:kms:eu-central-1:%s:key/%s".formatted(ACCOUNT, name);
      default -> "arn:aws:iam::%s:%s/%s".formatted(ACCOUNT, kind, name);
    };
  }
}
