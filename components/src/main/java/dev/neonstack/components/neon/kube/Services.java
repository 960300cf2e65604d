package dev.neonstack.components.neon.kube;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Services of the storage. Pulumi does not wait for them to have endpoints: pods wait for Services
 * to exist, so that waiting the other way round would never end. The workloads are waited for.
 */
public final class Services {
  /** The annotation of an object that Pulumi does not wait for. */
  public static final Map<String, String> NOT_AWAITED = Map.of("pulumi.com/skipAwait", "true");

  private Services() {}

  /** One address for all pods of a role; only ready ones answer. */
  public static ServiceArgs of(Output<String> namespace, Role role, List<ServicePortArgs> ports) {
    return args(namespace, role.word(), role, spec(ports).selector(role.selector()).build());
  }

  /** The names of the pods of a StatefulSet, whether they are ready or not. */
  public static ServiceArgs headless(
      Output<String> namespace, Role role, List<ServicePortArgs> ports) {
    return args(
        namespace,
        role.word(),
        role,
        spec(ports)
            .clusterIP("None")
            .publishNotReadyAddresses(true)
            .selector(role.selector())
            .build());
  }

  /**
   * An address of one pod that stays the same when the pod moves; the storage controller keeps
   * addresses and a client of an old one waits for minutes. Unready pods answer too: they become
   * ready by being reached.
   */
  public static ServiceArgs ofPod(
      Output<String> namespace, Role role, int ordinal, List<ServicePortArgs> ports) {
    var selector = new TreeMap<>(role.selector());
    selector.put("statefulset.kubernetes.io/pod-name", podName(role, ordinal));
    return args(
        namespace,
        podName(role, ordinal),
        role,
        spec(ports).publishNotReadyAddresses(true).selector(selector).build());
  }

  /** The name of a pod of a StatefulSet and of its Service. */
  public static String podName(Role role, int ordinal) {
    return role.word() + "-" + ordinal;
  }

  public static ServicePortArgs port(String name, int port) {
    return ServicePortArgs.builder().name(name).port(port).targetPort(port).build();
  }

  private static ServiceSpecArgs.Builder spec(List<ServicePortArgs> ports) {
    return ServiceSpecArgs.builder().type("ClusterIP").ports(ports);
  }

  private static ServiceArgs args(
      Output<String> namespace, String name, Role role, ServiceSpecArgs spec) {
    return ServiceArgs.builder()
        .metadata(Metadata.of(namespace, name, role).annotations(NOT_AWAITED).build())
        .spec(spec)
        .build();
  }
}
