package dev.neonstack.it.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Functions of the plugin for AWS. */
final class AwsFunctions {
  /** Parameters that AWS itself gives to everybody, such as the newest image of a node. */
  private static final String PUBLIC_PARAMETER = "/aws/service/";

  static final String TOKEN = "only-the-tests-log-in-with-it";

  private final AwsResources resources;
  private final Map<String, Function<JsonNode, ObjectNode>> functions;

  AwsFunctions(AwsResources resources) {
    this.resources = resources;
    this.functions =
        Map.of(
            "aws:index/getCallerIdentity:getCallerIdentity", arguments -> caller(),
            "aws:index/getRegion:getRegion", arguments -> region(),
            "aws:index/getPartition:getPartition", arguments -> partition(),
            "aws:index/getAvailabilityZones:getAvailabilityZones", arguments -> zones(),
            "aws:ecr/getAuthorizationToken:getAuthorizationToken", arguments -> token(),
            "aws:ssm/getParameter:getParameter", this::parameter);
  }

  ObjectNode call(String function, JsonNode arguments) {
    return Optional.ofNullable(functions.get(function))
        .orElseThrow(
            () -> new IllegalArgumentException("the stand-in knows no function " + function))
        .apply(arguments);
  }

  private static ObjectNode answer(String id) {
    return JsonNodeFactory.instance.objectNode().put("id", id);
  }

  private static ObjectNode caller() {
    return answer(Templates.ACCOUNT)
        .put("accountId", Templates.ACCOUNT)
        .put("arn", "arn:aws:sts::" + Templates.ACCOUNT + ":assumed-role/deployer/tests")
        .put("userId", "AROAEXAMPLEEXAMPLE123:tests");
  }

  private ObjectNode region() {
    var region = resources.region();
    return answer(region)
        .put("name", region)
        .put("endpoint", "ec2." + region + ".amazonaws.com")
        .put("description", "a region of the tests");
  }

  private static ObjectNode partition() {
    return answer("aws")
        .put("partition", "aws")
        .put("dnsSuffix", "amazonaws.com")
        .put("reverseDnsPrefix", "com.amazonaws");
  }

  private ObjectNode zones() {
    var answer = answer(resources.region());
    var names = answer.putArray("names");
    var ids = answer.putArray("zoneIds");
    var groups = answer.putArray("groupNames");
    for (var zone : List.of("a", "b", "c")) {
      names.add(resources.region() + zone);
      ids.add("use1-az" + (zone.charAt(0) - 'a' + 1));
      groups.add(resources.region());
    }
    return answer;
  }

  private ObjectNode token() {
    var login = Base64.getEncoder().encodeToString(("AWS:" + TOKEN).getBytes(UTF_8));
    var host = Templates.ACCOUNT + ".dkr.ecr." + resources.region() + ".amazonaws.com";
    var answer =
        answer(resources.region())
            .put("proxyEndpoint", "https://" + host)
            .put("expiresAt", "2026-01-01T12:00:00Z")
            .put("userName", "AWS");
    answer.set("authorizationToken", secret(login));
    answer.set("password", secret(TOKEN));
    return answer;
  }

  private ObjectNode parameter(JsonNode arguments) {
    var name = arguments.path("name").asText();
    var value =
        resources
            .account()
            .find("aws:ssm/parameter:Parameter", name)
            .map(thing -> Wire.plain(thing.inputs()))
            .map(inputs -> inputs.path("value").asText(inputs.path("insecureValue").asText()))
            .or(() -> Optional.of("ami-0abcdef1234567890").filter(ami -> isPublic(name)))
            .orElseThrow(() -> new IllegalArgumentException("there is no parameter " + name));
    var answer = answer(name).put("name", name).put("type", "String").put("version", 1);
    answer.put("arn", "arn:aws:ssm:" + resources.region() + "::parameter" + name);
    answer.set("value", secret(value));
    return answer;
  }

  private static boolean isPublic(String name) {
    return name.startsWith(PUBLIC_PARAMETER);
  }

  private static JsonNode secret(String text) {
    return Wire.secret(JsonNodeFactory.instance.textNode(text));
  }
}
