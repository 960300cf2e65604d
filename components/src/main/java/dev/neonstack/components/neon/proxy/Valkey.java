package dev.neonstack.components.neon.proxy;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.ConfigChecksum;
import dev.neonstack.components.neon.kube.Env;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodPieces;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Probes;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.kube.Services;
import dev.neonstack.components.neon.kube.Volumes;
import dev.neonstack.components.neon.kube.Workloads;
import java.util.List;
import java.util.Map;

/**
 * What the replicas of the proxy share: which of them can cancel a query, and news that a password
 * changed. It keeps nothing on disk; after a restart cancels of older connections are lost.
 */
public final class Valkey extends ComponentResource {
  private static final Role ROLE = Role.VALKEY;

  /** The user of the Valkey image. */
  private static final int USER = 999;

  private final Deployment deployment;

  /** Declares Valkey. Its memory is bounded to three quarters of what the pod has. */
  public Valkey(
      String name,
      Home home,
      PodSettings pods,
      SecretEntry password,
      ComponentResourceOptions options) {
    super("neonstack:neon:Valkey", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var namespace = home.namespace();
    var account = new ServiceAccount(name, Pods.account(namespace, ROLE), child);
    new Service(
        name, Services.of(namespace, ROLE, List.of(Services.port("redis", Ports.VALKEY))), child);
    this.deployment =
        new Deployment(
            name, deployment(namespace, pods, password), Workloads.after(this, List.of(), account));
    registerOutputs(Map.of());
  }

  /** What has to be up before the proxy, which ends when it cannot reach it. */
  public Resource workload() {
    return deployment;
  }

  static DeploymentArgs deployment(
      Output<String> namespace, PodSettings pods, SecretEntry password) {
    var pod =
        PodPieces.pod(pods, ROLE, USER)
            .containers(container(pods, password))
            .volumes(Volumes.scratch("data", "64Mi"))
            .terminationGracePeriodSeconds(10)
            .build();
    return DeploymentArgs.builder()
        .metadata(Metadata.of(namespace, ROLE.word(), ROLE).build())
        .spec(
            DeploymentSpecArgs.builder()
                .replicas(1)
                .strategy(DeploymentStrategyArgs.builder().type("Recreate").build())
                .selector(Metadata.select(ROLE))
                .template(
                    Pods.template(
                        ROLE,
                        ConfigChecksum.annotation(Output.of(Map.of()), List.of(password)),
                        pod))
                .build())
        .build();
  }

  private static ContainerArgs container(PodSettings pods, SecretEntry password) {
    return PodPieces.container(ROLE.word(), pods)
        .command("valkey-server")
        .args(
            "--port",
            Integer.toString(Ports.VALKEY),
            "--requirepass",
            "$(REDISCLI_AUTH)",
            "--save",
            "",
            "--appendonly",
            "no",
            "--dir",
            "/data",
            "--maxmemory",
            pods.needs().memoryMiB() * 3 / 4 + "mb",
            "--maxmemory-policy",
            "volatile-lru")
        .env(Env.secret("REDISCLI_AUTH", password))
        .ports(PodPieces.port("redis", Ports.VALKEY))
        .volumeMounts(Volumes.mount("data", "/data"))
        .livenessProbe(Probes.command(6, "valkey-cli", "-e", "ping"))
        .readinessProbe(Probes.command(1, "valkey-cli", "-e", "ping"))
        .build();
  }
}
