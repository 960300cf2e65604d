package dev.neonstack.components.neon.proxy;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.DeploymentArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentSpecArgs;
import com.pulumi.kubernetes.apps.v1.inputs.DeploymentStrategyArgs;
import com.pulumi.kubernetes.apps.v1.inputs.RollingUpdateDeploymentArgs;
import com.pulumi.kubernetes.core.v1.inputs.ContainerArgs;
import com.pulumi.kubernetes.core.v1.inputs.ExecActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.LifecycleArgs;
import com.pulumi.kubernetes.core.v1.inputs.LifecycleHandlerArgs;
import com.pulumi.kubernetes.core.v1.inputs.TopologySpreadConstraintArgs;
import dev.neonstack.components.neon.kube.ConfigChecksum;
import dev.neonstack.components.neon.kube.Env;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodPieces;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Probes;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.Volumes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The pods of the proxy. */
final class ProxyPods {
  /** How long sessions may go on in a pod that is to stop. */
  private static final int STOP_SECONDS = 600;

  private static final int START_SECONDS = 60;

  /** Read by Stakater's Reloader, where there is one: the proxy itself never reads a new one. */
  private static final String RESTART_WITH_SECRET = "secret.reloader.stakater.com/reload";

  private static final String TLS = "tls";
  private static final String TLS_DIRECTORY = "/etc/neon/tls";

  private ProxyPods() {}

  static DeploymentArgs deployment(NeonProxy.Spec spec) {
    var pod =
        PodPieces.pod(spec.pods(), NeonProxy.ROLE, PodPieces.NEON_USER)
            .containers(container(spec))
            .volumes(Volumes.secret(TLS, spec.tlsSecret()))
            .topologySpreadConstraints(
                TopologySpreadConstraintArgs.builder()
                    .maxSkew(1)
                    .topologyKey(spec.domainLabel())
                    .whenUnsatisfiable("ScheduleAnyway")
                    .labelSelector(Metadata.select(NeonProxy.ROLE))
                    .build())
            .terminationGracePeriodSeconds(STOP_SECONDS)
            .build();
    var checksum =
        ConfigChecksum.annotation(
            Output.of(Map.of()), List.of(spec.controlPlaneToken(), spec.valkeyPassword()));
    return DeploymentArgs.builder()
        .metadata(
            Metadata.of(spec.home().namespace(), NeonProxy.ROLE.word(), NeonProxy.ROLE)
                .annotations(Map.of(RESTART_WITH_SECRET, spec.tlsSecret()))
                .build())
        .spec(
            DeploymentSpecArgs.builder()
                .replicas(spec.replicas())
                .strategy(
                    DeploymentStrategyArgs.builder()
                        .type("RollingUpdate")
                        .rollingUpdate(
                            RollingUpdateDeploymentArgs.builder()
                                .maxSurge(1)
                                .maxUnavailable(0)
                                .build())
                        .build())
                .selector(Metadata.select(NeonProxy.ROLE))
                .template(Pods.template(NeonProxy.ROLE, checksum, pod))
                .build())
        .build();
  }

  private static ContainerArgs container(NeonProxy.Spec spec) {
    return PodPieces.container(NeonProxy.ROLE.word(), spec.pods())
        .command("/usr/local/bin/proxy")
        .args(args(spec))
        .env(
            Env.of("LOGFMT", "json"),
            Env.of("OTEL_SDK_DISABLED", "true"),
            Env.secret("NEON_PROXY_TO_CONTROLPLANE_TOKEN", spec.controlPlaneToken()),
            Env.secret("VALKEY_PASSWORD", spec.valkeyPassword()))
        .ports(PodPieces.port("postgres", Ports.PROXY), PodPieces.port("http", Ports.PROXY_HTTP))
        .volumeMounts(Volumes.readOnly(TLS, TLS_DIRECTORY))
        .lifecycle(
            LifecycleArgs.builder()
                .preStop(
                    LifecycleHandlerArgs.builder()
                        .exec(ExecActionArgs.builder().command("sleep", leaveSeconds(spec)).build())
                        .build())
                .build())
        .startupProbe(Probes.startup("/v1/status", Ports.PROXY_HTTP, START_SECONDS))
        .livenessProbe(Probes.liveness("/v1/status", Ports.PROXY_HTTP))
        .readinessProbe(Probes.readiness("/v1/status", Ports.PROXY_HTTP))
        .build();
  }

  private static String leaveSeconds(NeonProxy.Spec spec) {
    return Long.toString(spec.exposure().leave().toSeconds());
  }

  private static List<String> args(NeonProxy.Spec spec) {
    var args = new ArrayList<>(usualArgs(spec));
    if (spec.exposure().proxyProtocol()) {
      args.add("--proxy-protocol-v2=required");
    }
    return args;
  }

  private static List<String> usualArgs(NeonProxy.Spec spec) {
    return List.of(
        "--proxy=0.0.0.0:" + Ports.PROXY,
        "--http=0.0.0.0:" + Ports.PROXY_HTTP,
        "--mgmt=127.0.0.1:7000",
        "--auth-backend=control-plane",
        "--auth-endpoint=" + spec.controlPlaneUrl(),
        "--tls-key=%s/tls.key".formatted(TLS_DIRECTORY),
        "--tls-cert=%s/tls.crt".formatted(TLS_DIRECTORY),
        "--redis-auth-type=plain",
        "--redis-plain=redis://:$(VALKEY_PASSWORD)@%s:%d/"
            .formatted(spec.home().host(Role.VALKEY.word()), Ports.VALKEY));
  }
}
