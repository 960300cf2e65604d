package dev.neonstack.components.neon.proxy;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.apps.v1.Deployment;
import com.pulumi.kubernetes.core.v1.Service;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServicePortArgs;
import com.pulumi.kubernetes.core.v1.inputs.ServiceSpecArgs;
import com.pulumi.kubernetes.core.v1.outputs.ServiceStatus;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.Pods;
import dev.neonstack.components.neon.kube.Ports;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.kube.Workloads;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The only way in from outside: it ends TLS, finds the branch by the host name, checks the
 * password, wakes the compute and passes the connection on. Replicas share cancels and news by
 * {@link Valkey}.
 */
public final class NeonProxy extends ComponentResource {
  static final Role ROLE = Role.PROXY;

  private final Deployment deployment;
  private final Output<String> host;

  /**
   * A proxy to have.
   *
   * @param replicas two or more, so that an update cuts no new connection off
   * @param tlsSecret name of a Secret with {@code tls.crt} and {@code tls.key}; the certificate is
   *     for {@code *.DOMAIN}. The proxy reads it at its start only
   * @param controlPlaneUrl base of the calls to the control plane
   * @param domainLabel label of nodes by which replicas are spread where that is possible
   */
  public record Spec(
      Home home,
      PodSettings pods,
      PodSettings valkeyPods,
      int replicas,
      Exposure exposure,
      String tlsSecret,
      String controlPlaneUrl,
      SecretEntry controlPlaneToken,
      SecretEntry valkeyPassword,
      String domainLabel) {
    public Spec {
      if (replicas < 2) {
        throw new IllegalArgumentException(
            "replicas is %d; expected 2 or more".formatted(replicas));
      }
    }
  }

  /** Declares the proxy. */
  public NeonProxy(String name, Spec spec, List<Resource> after, ComponentResourceOptions options) {
    super("neonstack:neon:NeonProxy", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var namespace = spec.home().namespace();
    var valkey =
        new Valkey(
            name + "-valkey",
            spec.home(),
            spec.valkeyPods(),
            spec.valkeyPassword(),
            ComponentResourceOptions.builder().parent(this).build());
    var account = new ServiceAccount(name, Pods.account(namespace, ROLE), child);
    new PodDisruptionBudget(name, Pods.oneAtATime(namespace, ROLE), child);
    this.deployment =
        new Deployment(
            name,
            ProxyPods.deployment(spec),
            Workloads.after(this, after, account, valkey.workload()));
    // Pulumi waits until a Service has a ready pod, which may be long after the storage began.
    var service =
        new Service(
            name, service(namespace, spec.exposure()), Workloads.after(this, List.of(deployment)));
    var inside = spec.home().host(ROLE.word());
    this.host = service.status().applyValue(status -> outside(status).orElse(inside));
    registerOutputs(Map.of("host", host));
  }

  /** Where clients connect to: the load balancer, or the Service where there is none. */
  public Output<String> host() {
    return host;
  }

  static Optional<String> outside(Optional<ServiceStatus> status) {
    return status.flatMap(ServiceStatus::loadBalancer).stream()
        .flatMap(balancer -> balancer.ingress().stream())
        .flatMap(address -> address.hostname().or(address::ip).stream())
        .findFirst();
  }

  public Resource workload() {
    return deployment;
  }

  /** Keeps the addresses of clients where it can, since branches may be limited to some. */
  static ServiceArgs service(Output<String> namespace, Exposure exposure) {
    var port =
        ServicePortArgs.builder().name("postgres").port(exposure.port()).targetPort(Ports.PROXY);
    exposure.nodePort().ifPresent(port::nodePort);
    var spec =
        ServiceSpecArgs.builder()
            .type(exposure.kind().word())
            .ports(port.build())
            .selector(ROLE.selector());
    if (exposure.kind() != Exposure.Kind.CLUSTER_IP) {
      spec.externalTrafficPolicy("Local");
    }
    exposure.loadBalancerClass().ifPresent(spec::loadBalancerClass);
    var metadata = Metadata.of(namespace, ROLE.word(), ROLE);
    if (!exposure.annotations().isEmpty()) {
      metadata.annotations(exposure.annotations());
    }
    return ServiceArgs.builder().metadata(metadata.build()).spec(spec.build()).build();
  }
}
