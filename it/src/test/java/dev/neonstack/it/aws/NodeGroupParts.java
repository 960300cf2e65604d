package dev.neonstack.it.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import java.util.Base64;
import java.util.List;

/** The children of a managed node group, by pulumi-eks's rules for what excludes what. */
final class NodeGroupParts {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TEMPLATE = "launchTemplate";
  private static final String NAME = "nodeGroupName";

  /** What it writes into user data, for which it needs to choose the image itself. */
  private static final List<String> USER_DATA =
      List.of(
          "kubeletExtraArgs",
          "bootstrapExtraArgs",
          "bottlerocketSettings",
          "nodeadmExtraOptions",
          "userData");

  /** What it writes into a launch template of its own, so that there can be no other. */
  private static final List<String> OWN_TEMPLATE =
      List.of("enableIMDSv2", "amiId", "enableEfaSupport");

  private static final List<String> HANDED_ON =
      List.of(
          "amiType",
          "capacityType",
          "diskSize",
          "forceUpdateVersion",
          "instanceTypes",
          "labels",
          TEMPLATE,
          NAME,
          "releaseVersion",
          "remoteAccess",
          "tags",
          "taints",
          "version");

  private final Monitor monitor;
  private final ObjectNode inputs;
  private final Monitor.Child group;

  NodeGroupParts(Monitor monitor, Monitor.Child cluster) {
    this.monitor = monitor;
    this.inputs = monitor.inputs();
    refuse();
    var given = JSON.objectNode();
    HANDED_ON.stream()
        .filter(inputs::hasNonNull)
        .forEach(name -> given.set(name, inputs.get(name)));
    given.set("clusterName", cluster.output("name"));
    given.set("nodeRoleArn", roleArn());
    given.set("scalingConfig", scaling());
    given.set(
        "subnetIds",
        inputs.hasNonNull("subnetIds")
            ? inputs.get("subnetIds")
            : cluster.output("vpcConfig.subnetIds"));
    chooseImage(given, cluster);
    group = monitor.child("aws:eks/nodeGroup:NodeGroup", monitor.name(), given, ignored());
  }

  Monitor.Child group() {
    return group;
  }

  private void refuse() {
    if (inputs.hasNonNull("nodeRole") == inputs.hasNonNull("nodeRoleArn")) {
      throw new IllegalArgumentException("a node group has either nodeRole or nodeRoleArn");
    }
    if (inputs.hasNonNull(TEMPLATE) && makesTemplate()) {
      throw new IllegalArgumentException(
          "a node group with a launchTemplate has none of " + USER_DATA + " and " + OWN_TEMPLATE);
    }
    if (inputs.hasNonNull("amiId") && inputs.hasNonNull("amiType")) {
      throw new IllegalArgumentException("a node group with an amiId has no amiType");
    }
  }

  private boolean hasAny(List<String> names) {
    return names.stream().anyMatch(inputs::hasNonNull);
  }

  private boolean makesTemplate() {
    return hasAny(USER_DATA) || hasAny(OWN_TEMPLATE);
  }

  private JsonNode roleArn() {
    if (inputs.hasNonNull("nodeRoleArn")) {
      return inputs.get("nodeRoleArn");
    }
    var arn = monitor.state(inputs.get("nodeRole")).path("arn");
    return arn.isTextual() ? arn : JSON.textNode(Wire.UNKNOWN);
  }

  private JsonNode scaling() {
    var scaling = JSON.objectNode().put("desiredSize", 2).put("minSize", 1).put("maxSize", 2);
    return Wire.overlay(
        scaling,
        inputs.hasNonNull("scalingConfig") ? inputs.get("scalingConfig") : JSON.objectNode());
  }

  /** AWS chooses the image where neither user data nor a launch template get in between. */
  private void chooseImage(ObjectNode given, Monitor.Child cluster) {
    if (makesTemplate()) {
      var template =
          monitor.child(
              "aws:ec2/launchTemplate:LaunchTemplate", monitor.name() + "-" + TEMPLATE, template());
      var reference = given.putObject(TEMPLATE);
      reference.set("id", template.idOrUnknown());
      reference.put("version", template.output("latestVersion").asText());
      given.remove(List.of("diskSize"));
    }
    if (hasAny(USER_DATA) || inputs.hasNonNull("amiId")) {
      given.remove(List.of("amiType", "releaseVersion", "version"));
    } else if (!inputs.hasNonNull(TEMPLATE) && !inputs.hasNonNull("version")) {
      given.set("version", cluster.output("version"));
    }
  }

  private ObjectNode template() {
    var template = JSON.objectNode();
    if (inputs.hasNonNull("enableIMDSv2")) {
      template
          .putObject("metadataOptions")
          .put("httpEndpoint", "enabled")
          .put("httpPutResponseHopLimit", 2)
          .put("httpTokens", inputs.path("enableIMDSv2").asBoolean() ? "required" : "optional");
    }
    if (hasAny(USER_DATA) || inputs.hasNonNull("amiId")) {
      template.put("imageId", inputs.path("amiId").asText("ami-0abcdef1234567890"));
      var given = JSON.objectNode();
      USER_DATA.stream()
          .filter(inputs::hasNonNull)
          .forEach(name -> given.set(name, inputs.get(name)));
      template.put(
          "userData", Base64.getEncoder().encodeToString(given.toString().getBytes(UTF_8)));
    }
    return template;
  }

  private String[] ignored() {
    return inputs.path("ignoreScalingChanges").asBoolean()
        ? new String[] {"scalingConfig.desiredSize"}
        : new String[0];
  }
}
