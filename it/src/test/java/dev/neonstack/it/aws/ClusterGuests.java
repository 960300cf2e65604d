package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Wire;
import java.util.List;

/** Who may enter a new cluster, and the add-ons that come with it. */
final class ClusterGuests {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TAGS = "tags";

  private final Monitor monitor;
  private final Monitor.Child cluster;
  private final String name;
  private final ObjectNode inputs;

  private ClusterGuests(Monitor monitor, Monitor.Child cluster) {
    this.monitor = monitor;
    this.cluster = cluster;
    this.name = monitor.name();
    this.inputs = monitor.inputs();
  }

  static void register(Monitor monitor, Monitor.Child cluster) {
    var guests = new ClusterGuests(monitor, cluster);
    guests.addon("kube-proxy", "kubeProxyAddonOptions", true);
    guests.accessEntries();
    guests.vpcCni();
    guests.addon("coredns", "corednsAddonOptions", false);
  }

  private void accessEntries() {
    for (var entry : inputs.path("accessEntries").properties()) {
      var given = JSON.objectNode();
      for (var same : List.of("principalArn", "type", "kubernetesGroups", TAGS)) {
        copy(entry.getValue(), same, given, same);
      }
      given.set("clusterName", cluster.output("name"));
      var called = name + "-" + entry.getKey();
      monitor.child("aws:eks/accessEntry:AccessEntry", called, given);
      for (var policy : entry.getValue().path("accessPolicies").properties()) {
        var association = ((ObjectNode) policy.getValue()).deepCopy();
        association.set("clusterName", cluster.output("name"));
        association.set("principalArn", entry.getValue().path("principalArn"));
        monitor.child(
            "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
            called + "-" + policy.getKey(),
            association);
      }
    }
  }

  /** An add-on that comes with the cluster, by itself or only when it is asked for. */
  private void addon(String addon, String options, boolean byItself) {
    var chosen = inputs.path(options);
    if (chosen.path("enabled").asBoolean(byItself)) {
      var values = Wire.plain(chosen.path("configurationValues"));
      addon(addon, chosen, "version", values);
    }
  }

  private void vpcCni() {
    var options = inputs.path("vpcCniOptions");
    if (!inputs.path("useDefaultVpcCni").asBoolean()) {
      var values = JSON.objectNode();
      if (options.path("enableNetworkPolicy").asBoolean()) {
        values.put("enableNetworkPolicy", "true");
      }
      Wire.plain(options.path("configurationValues"))
          .properties()
          .forEach(value -> values.set(value.getKey(), value.getValue()));
      addon("vpc-cni", options, "addonVersion", values);
    }
  }

  private void addon(String addon, JsonNode options, String versionOption, JsonNode values) {
    var given = JSON.objectNode().put("addonName", addon);
    given.put("resolveConflictsOnCreate", "OVERWRITE").put("resolveConflictsOnUpdate", "OVERWRITE");
    given.set("clusterName", cluster.output("name"));
    copy(options, versionOption, given, "addonVersion");
    copy(options, "serviceAccountRoleArn", given, "serviceAccountRoleArn");
    copy(options, "resolveConflictsOnCreate", given, "resolveConflictsOnCreate");
    copy(options, "resolveConflictsOnUpdate", given, "resolveConflictsOnUpdate");
    copy(inputs, TAGS, given, TAGS);
    if (!values.isEmpty()) {
      given.put("configurationValues", values.toString());
    }
    monitor.child("aws:eks/addon:Addon", name + "-" + addon, given);
  }

  private static void copy(JsonNode source, String from, ObjectNode target, String to) {
    if (source.hasNonNull(from)) {
      target.set(to, source.get(from));
    }
  }
}
