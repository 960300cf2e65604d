package dev.neonstack.components.neon.kube;

import com.pulumi.kubernetes.core.v1.inputs.TolerationArgs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which nodes a pod may run on.
 *
 * @param nodeSelector labels the node has; empty: any node
 * @param tolerations taints the pod stands
 */
public record Placement(Map<String, String> nodeSelector, List<Toleration> tolerations) {
  /** Any node without taints. */
  public static final Placement ANYWHERE = new Placement(Map.of(), List.of());

  public Placement {
    nodeSelector = Map.copyOf(nodeSelector);
    tolerations = List.copyOf(tolerations);
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
