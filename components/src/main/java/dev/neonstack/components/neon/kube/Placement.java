package dev.neonstack.components.neon.kube;

import com.pulumi.kubernetes.core.v1.inputs.SysctlArgs;
import com.pulumi.kubernetes.core.v1.inputs.TolerationArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which nodes a pod may run on, and what it sets of their kernel for itself.
 *
 * @param nodeSelector labels the node has; empty: any node
 * @param tolerations taints the pod stands
 * @param sysctls of {@link #SYSCTLS}; a cluster older than the setting refuses the pod
 */
public record Placement(
    Map<String, String> nodeSelector, List<Toleration> tolerations, Map<String, String> sysctls) {
  /** Any node without taints. */
  public static final Placement ANYWHERE = new Placement(Map.of(), List.of(), Map.of());

  /** What Pod Security {@code restricted} lets a pod set; the last two since Kubernetes 1.32. */
  public static final List<String> SYSCTLS =
      List.of(
          "net.ipv4.ip_local_port_range",
          "net.ipv4.tcp_syncookies",
          "net.ipv4.tcp_keepalive_time",
          "net.ipv4.tcp_keepalive_intvl",
          "net.ipv4.tcp_keepalive_probes",
          "net.ipv4.tcp_fin_timeout",
          "net.ipv4.tcp_rmem",
          "net.ipv4.tcp_wmem");

  public Placement {
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
    sysctls = Map.copyOf(sysctls);
    for (var name : sysctls.keySet()) {
      if (!SYSCTLS.contains(name)) {
        throw new IllegalArgumentException(
            "sysctl is '%s'; expected one of %s".formatted(name, String.join(", ", SYSCTLS)));
      }
    }
  }

  List<SysctlArgs> sysctlArgs() {
    return new TreeMap<>(sysctls)
        .entrySet().stream()
            .map(entry -> SysctlArgs.builder().name(entry.getKey()).value(entry.getValue()).build())
            .toList();
  }

  Map<String, String> selector() {
    return new TreeMap<>(nodeSelector);
  }

  List<TolerationArgs> tolerationArgs() {
    return tolerations.stream().map(Toleration::args).toList();
  }

  /**
   * A taint that is tolerated.
   *
   * @param key of the taint
   * @param value of the taint; absent: any
   * @param effect NoSchedule, PreferNoSchedule or NoExecute
   */
  public record Toleration(String key, Optional<String> value, String effect) {
    /** The effects a taint can have. */
    public static final List<String> EFFECTS =
        List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

    public Toleration {
      if (!EFFECTS.contains(effect)) {
        throw new IllegalArgumentException(
            "effect is '%s'; expected one of %s".formatted(effect, String.join(", ", EFFECTS)));
      }
    }

    TolerationArgs args() {
      var args = TolerationArgs.builder().key(key).effect(effect);
      value.ifPresentOrElse(
          wanted -> args.operator("Equal").value(wanted), () -> args.operator("Exists"));
      return args.build();
    }
  }
}
