package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import java.util.List;
import java.util.Optional;

/** The children of a cluster: what pulumi-eks makes of its inputs, as far as it matters. */
final class ClusterParts {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String EVERYTHING = "0.0.0.0/0";
  private static final String TAGS = "tags";
  private static final String TRUST =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
          + "[\"sts:AssumeRole\",\"sts:TagSession\"],\"Principal\":{\"Service\":\"eks.amazonaws.com\"}}]}";

  /** What would make children that nobody has played yet. */
  private static final List<String> NOT_PLAYED =
      List.of(
          "autoMode",
          "fargate",
          "nodeGroupOptions",
          "roleMappings",
          "serviceRole",
          "storageClasses",
          "userMappings");

  private static final List<String> HANDED_ON =
      List.of(
          "bootstrapSelfManagedAddons",
          "deletionProtection",
          "enabledClusterLogTypes",
          "name",
          "upgradePolicy",
          "version");

  private final Monitor monitor;
  private final String name;
  private final ObjectNode inputs;
  private final Optional<Monitor.Child> clusterGroup;
  private final Optional<Monitor.Child> nodeGroup;
  private final Monitor.Child role;
  private final Monitor.Child cluster;
  private final Optional<Monitor.Child> oidc;

  ClusterParts(Monitor monitor) {
    this.monitor = monitor;
    this.name = monitor.name();
    this.inputs = monitor.inputs();
    refuseWhatIsNotPlayed();
    role = role();
    clusterGroup = clusterGroup();
    cluster = clusterItself();
    ClusterGuests.register(monitor, cluster);
    oidc = oidc();
    nodeGroup = nodeGroup();
  }

  private void refuseWhatIsNotPlayed() {
    for (var input : NOT_PLAYED) {
      if (inputs.hasNonNull(input)) {
        throw new IllegalArgumentException("the stand-in for pulumi-eks does not play " + input);
      }
    }
    if (!inputs.path("skipDefaultNodeGroup").asBoolean()) {
      throw new IllegalArgumentException("the stand-in for pulumi-eks has no default node group");
    }
    if (!inputs.path("authenticationMode").asText().equals("API")) {
      throw new IllegalArgumentException("the stand-in for pulumi-eks plays no aws-auth ConfigMap");
    }
  }

  Monitor.Child cluster() {
    return cluster;
  }

  /** What the component answers. */
  ObjectNode outputs(String kubeconfig) {
    return new ClusterOutputs(cluster, role, oidc, clusterGroup, nodeGroup)
        .all(kubeconfig, inputs.path("vpcId"));
  }

  private Monitor.Child role() {
    var given = JSON.objectNode().put("assumeRolePolicy", TRUST);
    copy(TAGS, given, TAGS);
    var made = monitor.child("aws:iam/role:Role", name + "-eksRole-role", given);
    var attachment =
        JSON.objectNode().put("policyArn", "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy");
    attachment.set("role", made.output("name"));
    monitor.child(
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name + "-eksRole-cluster", attachment);
    return made;
  }

  private Optional<Monitor.Child> clusterGroup() {
    if (inputs.path("skipDefaultSecurityGroups").asBoolean()) {
      return Optional.empty();
    }
    var group = securityGroup(name + "-eksClusterSecurityGroup");
    var rule = JSON.objectNode().put("type", "egress").put("protocol", "-1");
    rule.put("fromPort", 0).put("toPort", 0).putArray("cidrBlocks").add(EVERYTHING);
    rule.set("securityGroupId", group.idOrUnknown());
    monitor.child(
        "aws:ec2/securityGroupRule:SecurityGroupRule",
        name + "-eksClusterInternetEgressRule",
        rule);
    return Optional.of(group);
  }

  private Optional<Monitor.Child> nodeGroup() {
    return clusterGroup.map(group -> securityGroup(name + "-nodeSecurityGroup"));
  }

  private Monitor.Child securityGroup(String called) {
    var given = JSON.objectNode().put("revokeRulesOnDelete", true);
    copy("vpcId", given, "vpcId");
    given.set(TAGS, tagged(called));
    return monitor.child("aws:ec2/securityGroup:SecurityGroup", called, given);
  }

  private ObjectNode tagged(String called) {
    var tags = JSON.objectNode().put("Name", called);
    Wire.revealed(inputs.path(TAGS))
        .properties()
        .forEach(tag -> tags.set(tag.getKey(), tag.getValue()));
    return tags;
  }

  private Monitor.Child clusterItself() {
    var given = JSON.objectNode().put("bootstrapSelfManagedAddons", true);
    HANDED_ON.forEach(same -> copy(same, given, same));
    given.set("roleArn", role.output("arn"));
    given.set(TAGS, tagged(name + "-eksCluster"));
    given.set("vpcConfig", network());
    given
        .putObject("accessConfig")
        .put("bootstrapClusterCreatorAdminPermissions", true)
        .set("authenticationMode", inputs.path("authenticationMode"));
    if (inputs.hasNonNull("kubernetesServiceIpAddressRange")) {
      copy(
          "kubernetesServiceIpAddressRange",
          given.putObject("kubernetesNetworkConfig").put("ipFamily", "ipv4"),
          "serviceIpv4Cidr");
    }
    if (inputs.hasNonNull("encryptionConfigKeyArn")) {
      var encryption = given.putObject("encryptionConfig");
      encryption.putArray("resources").add("secrets");
      copy("encryptionConfigKeyArn", encryption.putObject("provider"), "keyArn");
    }
    return monitor.child("aws:eks/cluster:Cluster", name + "-eksCluster", given);
  }

  private ObjectNode network() {
    var network = JSON.objectNode();
    for (var same :
        List.of(
            "subnetIds", "endpointPrivateAccess", "endpointPublicAccess", "publicAccessCidrs")) {
      copy(same, network, same);
    }
    if (!inputs.hasNonNull("subnetIds")) {
      network.set("subnetIds", subnets());
    }
    clusterGroup.ifPresent(group -> network.putArray("securityGroupIds").add(group.idOrUnknown()));
    return network;
  }

  private JsonNode subnets() {
    var both = JSON.arrayNode();
    for (var kind : List.of("publicSubnetIds", "privateSubnetIds")) {
      var ids = inputs.path(kind);
      if (ids.isTextual()) {
        return ids;
      }
      ids.forEach(both::add);
    }
    return both;
  }

  private Optional<Monitor.Child> oidc() {
    if (!inputs.path("createOidcProvider").asBoolean()) {
      return Optional.empty();
    }
    var given = JSON.objectNode();
    given.putArray("clientIdLists").add("sts.amazonaws.com");
    given.set("url", cluster.output(ClusterOutputs.ISSUER));
    return Optional.of(
        monitor.child(
            "aws:iam/openIdConnectProvider:OpenIdConnectProvider", name + "-oidcProvider", given));
  }

  private void copy(String from, ObjectNode target, String to) {
    if (inputs.hasNonNull(from)) {
      target.set(to, inputs.get(from));
    }
  }
}
