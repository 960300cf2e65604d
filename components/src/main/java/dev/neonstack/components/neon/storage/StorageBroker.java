package dev.neonstack.components.neon.storage;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodPieces;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Probes;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.Services;
import dev.neonstack.components.neon.kube.Workloads;
import java.util.List;
import java.util.Map;

/**
 * Tells pageservers and safekeepers of each other. It keeps nothing, and there is exactly one: two
 * would each know a half. While it is away nothing new is found and everything else goes on, so
 * that no budget holds a node's drain up for it.
 */
public final class StorageBroker extends ComponentResource {
  private static final Role ROLE = Role.STORAGE_BROKER;
  private static final int START_SECONDS = 120;

  private final Deployment deployment;

  /** Declares the broker. */
  public StorageBroker(
      String name,
      Home home,
      PodSettings pods,
      List<Resource> after,
      ComponentResourceOptions options) {
    super("neonstack:neon:StorageBroker", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var namespace = home.namespace();
    var account = new ServiceAccount(name, Pods.account(namespace, ROLE), child);
    new Service(
        name,
        Services.of(namespace, ROLE, List.of(Services.port("grpc", Ports.STORAGE_BROKER))),
        child);
    this.deployment =
        new Deployment(name, deployment(namespace, pods), Workloads.after(this, after, account));
    registerOutputs(Map.of());
  }

  /** What has to be up before others find each other. */
  public Resource workload() {
    return deployment;
  }

  static DeploymentArgs deployment(Output<String> namespace, PodSettings pods) {
    var container =
        PodPieces.container(ROLE.word(), pods)
            .command("/usr/local/bin/storage_broker")
            .args("--listen-addr=0.0.0.0:" + Ports.STORAGE_BROKER)
            .ports(PodPieces.port("grpc", Ports.STORAGE_BROKER))
            .startupProbe(Probes.startup("/status", Ports.STORAGE_BROKER, START_SECONDS))
            .livenessProbe(Probes.liveness("/status", Ports.STORAGE_BROKER))
            .readinessProbe(Probes.readiness("/status", Ports.STORAGE_BROKER))
            .build();
    var pod = PodPieces.pod(pods, ROLE, PodPieces.NEON_USER).containers(container).build();
    return DeploymentArgs.builder()
        .metadata(Metadata.of(namespace, ROLE.word(), ROLE).build())
        .spec(
            DeploymentSpecArgs.builder()
                .replicas(1)
                .strategy(DeploymentStrategyArgs.builder().type("Recreate").build())
                .selector(Metadata.select(ROLE))
                .template(Pods.template(ROLE, Output.of(Map.of()), pod))
                .build())
        .build();
  }
}
