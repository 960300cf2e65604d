package dev.neonstack.operator;

import dev.neonstack.controlplane.server.StorageAccess;
import dev.neonstack.controlplane.spec.ComputeKeys;
import dev.neonstack.operator.model.PodSettings;
import dev.neonstack.operator.reconcile.NeonComputeReconciler.Limits;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;

/**
 * All that an operator is told.
 *
 * @param namespaces whose computes it looks after; all where it is empty
 * @param storage where storage is
 * @param safekeepers {@code host:port} of those of branches that no storage controller manages
 * @param pods what all pods have in common
 * @param keys the control plane's
 * @param specAddress where computes are answered
 * @param limits how long things may take
 */
public record OperatorSettings(
    Set<String> namespaces,
    StorageAccess.Place storage,
    List<String> safekeepers,
    PodSettings pods,
    ComputeKeys keys,
    InetSocketAddress specAddress,
    Limits limits) {

  /** Keeps its own copies. */
  public OperatorSettings {
    namespaces = Set.copyOf(namespaces);
    safekeepers = List.copyOf(safekeepers);
  }
}
