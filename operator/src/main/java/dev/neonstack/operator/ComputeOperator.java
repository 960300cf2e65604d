package dev.neonstack.operator;

import dev.neonstack.controlplane.server.StorageAccess;
import dev.neonstack.controlplane.spec.SpecServer;
import dev.neonstack.operator.reconcile.NeonComputeReconciler;
import dev.neonstack.operator.reconcile.NeonComputeSpecs;
import dev.neonstack.operator.storage.Timelines;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.OperatorException;
import java.time.Clock;

/** Looks after the computes of a cluster, and answers them. One at a time is at work. */
public final class ComputeOperator implements AutoCloseable {
  private final Operator operator;
  private final SpecServer specs;

  private ComputeOperator(Operator operator, SpecServer specs) {
    this.operator = operator;
    this.specs = specs;
  }

  /**
   * Begins. Computes are answered before the first is started.
   *
   * @throws IllegalStateException when it cannot listen, or the cluster does not let it work
   */
  public static ComputeOperator start(OperatorSettings settings, KubernetesClient client) {
    var timelines =
        new Timelines(
            new StorageAccess(settings.storage()),
            settings.storage().dialect(),
            settings.safekeepers());
    var surroundings =
        new NeonComputeReconciler.Surroundings(
            client,
            settings.pods(),
            timelines,
            settings.keys(),
            settings.namespaces(),
            Clock.systemUTC());
    var specs =
        SpecServer.start(
            settings.keys(), new NeonComputeSpecs(surroundings), settings.specAddress());
    var operator =
        new Operator(
            config ->
                config
                    .withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .checkingCRDAndValidateLocalModel(true));
    var reconciler = new NeonComputeReconciler(surroundings, settings.limits());
    operator.register(
        reconciler,
        override -> {
          if (!settings.namespaces().isEmpty()) {
            override.settingNamespaces(settings.namespaces());
          }
        });
    try {
      operator.start();
      return new ComputeOperator(operator, specs);
    } catch (OperatorException e) {
      specs.close();
      throw new IllegalStateException("the operator cannot begin: " + e.getMessage(), e);
    }
  }

  /** Ends what is at work; computes run on. */
  @Override
  public void close() {
    operator.stop();
    specs.close();
  }
}
