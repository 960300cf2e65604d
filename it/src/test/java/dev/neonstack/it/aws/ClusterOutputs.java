package dev.neonstack.it.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import java.util.List;
import java.util.Optional;

/** What a cluster answers; nothing is known of one that is not made. */
record ClusterOutputs(
    Monitor.Child cluster,
    Monitor.Child role,
    Optional<Monitor.Child> oidc,
    Optional<Monitor.Child> clusterGroup,
    Optional<Monitor.Child> nodeGroup) {
  static final String ISSUER = "identities[].oidcs[].issuer";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  ObjectNode all(String kubeconfig, JsonNode vpcId) {
    var outputs = JSON.objectNode();
    outputs.set("eksCluster", cluster.reference());
    var isMade = cluster.isMade();
    var text = JSON.textNode(isMade ? kubeconfig : Wire.UNKNOWN);
    outputs.set("kubeconfigJson", Wire.secret(text));
    outputs.set("kubeconfig", Wire.secret(isMade ? parsed(kubeconfig) : text));
    outputs.set("oidcProviderUrl", cluster.output(ISSUER));
    outputs.put("oidcIssuer", cluster.output(ISSUER).asText().replaceFirst("https://", ""));
    outputs.set("oidcProviderArn", oidc.map(made -> made.output("arn")).orElse(JSON.textNode("")));
    group(outputs, "clusterSecurityGroup", clusterGroup);
    group(outputs, "nodeSecurityGroup", nodeGroup);
    outputs.putArray("instanceRoles");
    for (var absent :
        List.of(
            "autoModeNodeRoleName",
            "clusterIngressRuleId",
            "defaultNodeGroupAsgName",
            "fargateProfileId",
            "fargateProfileStatus")) {
      outputs.put(absent, "");
    }
    outputs.set("core", core(outputs, vpcId));
    return outputs;
  }

  /** Without a group of its own there is the one that EKS makes for cluster and nodes. */
  private void group(ObjectNode outputs, String output, Optional<Monitor.Child> group) {
    outputs.set(
        output + "Id",
        group
            .map(Monitor.Child::idOrUnknown)
            .orElseGet(() -> cluster.output("vpcConfig.clusterSecurityGroupId")));
    group.ifPresent(made -> outputs.set(output, made.reference()));
  }

  private ObjectNode core(ObjectNode outputs, JsonNode vpcId) {
    var core = JSON.objectNode();
    core.set("vpcId", vpcId);
    core.set("cluster", cluster.reference());
    core.set("clusterIamRole", role.reference());
    core.set("endpoint", cluster.output("endpoint"));
    core.set("kubeconfig", outputs.get("kubeconfig"));
    core.set("subnetIds", cluster.output("vpcConfig.subnetIds"));
    core.putArray("instanceRoles");
    oidc.ifPresent(made -> core.set("oidcProvider", made.reference()));
    return core;
  }

  private static JsonNode parsed(String kubeconfig) {
    try {
      return new ObjectMapper().readTree(kubeconfig);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the kubeconfig of the tests is no JSON", e);
    }
  }
}
