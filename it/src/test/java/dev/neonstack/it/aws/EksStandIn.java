package dev.neonstack.it.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.it.standin.Plugin;
import dev.neonstack.it.standin.Wire;
import io.grpc.stub.StreamObserver;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import pulumirpc.Provider.ConstructRequest;
import pulumirpc.Provider.ConstructResponse;

/**
 * Stands in for the plugin of pulumi-eks. Its components check their inputs against the interface
 * of version 4.3.0, register the children that matter to whoever uses them, and answer with the
 * kubeconfig of another cluster, the test server's, as if it were their own. The kubeconfig is
 * marked as a secret, since it holds a token, which that of a real cluster does not. Node groups of
 * its own, Fargate, Auto Mode and storage classes are not played.
 */
final class EksStandIn extends Plugin {
  private static final String PACKAGE = "eks:index:";

  private final EksInterface declared = new EksInterface();
  private final String kubeconfig;
  private final Map<String, Monitor.Child> clusters = new ConcurrentHashMap<>();

  EksStandIn(String kubeconfig) {
    this.kubeconfig = kubeconfig;
  }

  @Override
  protected void configure(ObjectNode config) {}

  @Override
  public void construct(ConstructRequest request, StreamObserver<ConstructResponse> observer) {
    answer(observer, () -> construct(request));
  }

  private ConstructResponse construct(ConstructRequest request) {
    var component = request.getType().replace(PACKAGE, "");
    if (!declared.knows(component)) {
      throw new IllegalArgumentException("the stand-in knows no component " + request.getType());
    }
    refuse(request, component);
    try (var monitor = new Monitor(request)) {
      return switch (component) {
        case "Cluster" -> cluster(monitor);
        case "ManagedNodeGroup" -> nodeGroup(monitor);
        default -> addon(monitor);
      };
    }
  }

  private void refuse(ConstructRequest request, String component) {
    var dependent = new HashSet<String>();
    request
        .getInputDependenciesMap()
        .forEach(
            (name, of) -> {
              if (of.getUrnsCount() > 0) {
                dependent.add(name);
              }
            });
    var problems = declared.check(component, Wire.json(request.getInputs()), dependent);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          request.getType() + " " + request.getName() + " has wrong inputs: " + problems);
    }
  }

  private ConstructResponse cluster(Monitor monitor) {
    var urn = monitor.component(monitor.parent());
    var parts = new ClusterParts(monitor);
    clusters.put(urn, parts.cluster());
    return monitor.done(parts.outputs(kubeconfig));
  }

  private ConstructResponse nodeGroup(Monitor monitor) {
    monitor.component(monitor.parent());
    var group = new NodeGroupParts(monitor, clusterOf(monitor)).group();
    var outputs = JsonNodeFactory.instance.objectNode().put("placementGroupName", "");
    outputs.set("nodeGroup", group.reference());
    return monitor.done(outputs);
  }

  /** The real one takes the cluster for its parent, whatever it is told. */
  private ConstructResponse addon(Monitor monitor) {
    var inputs = monitor.inputs();
    if (inputs.hasNonNull("tags")) {
      throw new IllegalArgumentException(
          "eks:index:Addon declares tags as a list and hands them on as a map; leave them out");
    }
    var cluster = clusterOf(monitor);
    monitor.component(inputs.path("cluster").path("urn").asText());
    var addon = inputs.deepCopy();
    addon.remove("cluster");
    addon.set("clusterName", cluster.output("name"));
    var values = Wire.revealed(inputs.path("configurationValues"));
    if (values.isObject()) {
      addon.put("configurationValues", Wire.plain(values).toString());
    }
    monitor.child("aws:eks/addon:Addon", monitor.name(), addon);
    return monitor.done(JsonNodeFactory.instance.objectNode());
  }

  private Monitor.Child clusterOf(Monitor monitor) {
    JsonNode reference = monitor.inputs().path("cluster");
    return Optional.ofNullable(clusters.get(reference.path("urn").asText()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cluster is "
                        + reference
                        + "; the stand-in has made no such eks:index:Cluster"));
  }
}
