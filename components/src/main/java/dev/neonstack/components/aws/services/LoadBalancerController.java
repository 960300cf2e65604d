package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The AWS Load Balancer Controller, which makes a Network Load Balancer for a Service that asks for
 * the class {@link NetworkLoadBalancer#CLASS}. It looks after nothing else: no Ingress, no Gateway.
 */
public final class LoadBalancerController extends ComponentResource {
  /** Controller v3.5.0, seen in use from July to October 2026. */
  static final Chart CHART =
      new Chart("aws-load-balancer-controller", "https://aws.github.io/eks-charts", "3.5.0");

  private static final String ACCOUNT = "aws-load-balancer-controller";

  private final Release release;

  /**
   * A controller to have.
   *
   * @param tags of everything it makes
   */
  public record Spec(ServiceCluster cluster, Map<String, String> tags) {
    public Spec {
      requireNonNull(cluster, "cluster is null");
      tags = Map.copyOf(tags);
      for (var key : tags.keySet()) {
        if (key.startsWith("aws:")) {
          throw new IllegalArgumentException(
              "tag is '%s'; expected a key that does not begin with aws:, which AWS keeps for itself"
                  .formatted(key));
        }
      }
    }
  }

  /** Declares the controller. */
  public LoadBalancerController(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:aws:LoadBalancerController", name, options);
    var account =
        Account.of(
            this,
            name,
            spec.cluster(),
            Namespaces.SYSTEM,
            ACCOUNT,
            LoadBalancerPolicy.of(spec.cluster()));
    this.release = Releases.of(this, name, CHART, Namespaces.SYSTEM, values(spec), account.both());
    registerOutputs(Map.of());
  }

  /**
   * What has to be there before a Service that asks for a load balancer, and has to stay until the
   * Service is gone: nobody else takes the load balancer away.
   */
  public Resource workload() {
    return release;
  }

  /**
   * Its webhook does not touch Services, since those that are its own say so: otherwise no Service
   * at all could be made while it is down.
   */
  static Map<String, Object> values(Spec spec) {
    var values = new LinkedHashMap<String, Object>();
    values.put("clusterName", spec.cluster().name());
    values.put("region", spec.cluster().region());
    values.put("vpcId", spec.cluster().vpcId());
    values.put("replicaCount", 2);
    values.put("podDisruptionBudget", Map.of("maxUnavailable", 1));
    values.put("priorityClassName", Namespaces.CRITICAL);
    values.put("resources", Needs.of("100m", "256Mi"));
    values.put("serviceAccount", Needs.account(ACCOUNT));
    values.put("defaultTags", new TreeMap<>(spec.tags()));
    values.put("enableServiceMutatorWebhook", false);
    values.put("createIngressClassResource", false);
    values.put("ingressClassParams", Map.of("create", false));
    values.put("controllerConfig", Map.of("featureGates", featureGates()));
    for (var unused : new String[] {"enableShield", "enableWaf", "enableWafv2"}) {
      values.put(unused, false);
    }
    return values;
  }

  private static Map<String, Object> featureGates() {
    return Map.of(
        "ServiceTypeLoadBalancerOnly", true, "ALBGatewayAPI", false, "NLBGatewayAPI", false);
  }
}
