package dev.neonstack.components.aws.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What may pass the S3 endpoint, whatever else a role is allowed: all calls to our own buckets,
 * whose settings Pulumi reads and writes when it runs inside, layers of images, which registries
 * keep in buckets of theirs and send nodes on AWS to, and packages of Amazon Linux. A role taken
 * over by somebody else carries nothing out to a bucket of theirs.
 */
final class S3EndpointPolicy {
  private static final ObjectMapper JSON = new ObjectMapper();

  private S3EndpointPolicy() {}

  static String json(NetworkSpec spec) {
    var statements = new ArrayList<Map<String, Object>>();
    if (!spec.bucketNames().isEmpty()) {
      statements.add(
          allow(
              "OwnBuckets",
              List.of("s3:*"),
              spec.bucketNames().stream()
                  .map(S3EndpointPolicy::arn)
                  .sorted()
                  .flatMap(arn -> Stream.of(arn, arn + "/*"))
                  .toList()));
    }
    statements.add(read("EcrLayers", "prod-" + spec.region() + "-starport-layer-bucket"));
    statements.add(read("KubernetesLayers", "prod-registry-k8s-io-" + spec.region()));
    statements.add(read("DockerHubLayers", "docker-images-prod"));
    statements.add(read("QuayLayers", "quayio-production-s3"));
    statements.add(read("AmazonLinuxPackages", "al2023-repos-" + spec.region() + "-de612dc2"));
    var policy = new LinkedHashMap<String, Object>();
    policy.put("Version", "2012-10-17");
    policy.put("Statement", statements);
    try {
      return JSON.writeValueAsString(policy);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the policy could not be written as JSON", e);
    }
  }

  private static Map<String, Object> read(String sid, String bucket) {
    return allow(sid, List.of("s3:GetObject"), List.of(arn(bucket) + "/*"));
  }

  private static Map<String, Object> allow(
      String sid, List<String> actions, List<String> resources) {
    var statement = new LinkedHashMap<String, Object>();
    statement.put("Sid", sid);
    statement.put("Effect", "Allow");
    statement.put("Principal", "*");
    statement.put("Action", actions);
    statement.put("Resource", resources);
    return statement;
  }

  private static String arn(String bucket) {
    return "arn:aws:s3:::" + bucket;
  }
}
