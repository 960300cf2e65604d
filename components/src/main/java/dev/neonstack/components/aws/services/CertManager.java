package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.aws.iam.Condition;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.Statement;
import dev.neonstack.components.neon.kube.CustomObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * cert-manager with one issuer: an authority that speaks ACME, to which TXT records in one zone of
 * Route 53 prove whose the domain is. When it is removed, its definitions stay.
 */
public final class CertManager extends ComponentResource {
  /** The newest in September 2026. */
  static final Chart CHART = new Chart("cert-manager", "oci://quay.io/jetstack/charts", "v1.21.2");

  /** The directory of Let's Encrypt. */
  public static final String LETS_ENCRYPT = "https://acme-v02.api.letsencrypt.org/directory";

  /** The name of the issuer. */
  static final String ISSUER = "neon";

  private static final CustomObject.Kind CLUSTER_ISSUER =
      new CustomObject.Kind("cert-manager.io/v1", "ClusterIssuer");
  private static final String ACCOUNT = "cert-manager";

  private final CustomObject issuer;

  /**
   * An issuer to have.
   *
   * @param server URL of the authority's directory
   * @param email to which the authority writes
   */
  public record Spec(
      ServiceCluster cluster, HostedZone zone, String server, Optional<String> email) {
    public Spec {
      requireNonNull(cluster, "cluster is null");
      requireNonNull(zone, "zone is null");
      requireNonNull(email, "email is null");
      if (!server.startsWith("https://")) {
        throw new IllegalArgumentException(
            "server is '%s'; expected the URL of an ACME directory, such as %s"
                .formatted(server, LETS_ENCRYPT));
      }
    }
  }

  /** Declares cert-manager and its issuer. */
  public CertManager(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:aws:CertManager", name, options);
    var release = release(name, spec);
    this.issuer =
        new CustomObject(
            name,
            CLUSTER_ISSUER,
            ObjectMetaArgs.builder().name(ISSUER).labels(Account.LABELS).build(),
            issuer(spec),
            CustomResourceOptions.builder().parent(this).dependsOn(release).build());
    registerOutputs(Map.of());
  }

  /** What has to be there before a certificate is asked for. */
  public Resource workload() {
    return issuer;
  }

  private Release release(String name, Spec spec) {
    var home = Namespaces.restricted(this, name, ACCOUNT);
    var account = Account.of(this, name, spec.cluster(), home, ACCOUNT, policy(spec));
    return Releases.of(this, name, CHART, home, values(), account.both());
  }

  static Map<String, Object> values() {
    var values = new LinkedHashMap<String, Object>();
    values.put("crds", Map.of("enabled", true, "keep", true));
    values.put("serviceAccount", Needs.account(ACCOUNT));
    values.put("replicaCount", 2);
    values.put("podDisruptionBudget", Map.of("enabled", true));
    values.put("resources", Needs.of("50m", "256Mi"));
    values.put(
        "webhook",
        Map.of(
            "replicaCount", 2,
            "podDisruptionBudget", Map.of("enabled", true),
            "resources", Needs.of("20m", "128Mi")));
    values.put("cainjector", Map.of("resources", Needs.of("20m", "256Mi")));
    values.put("startupapicheck", Map.of("resources", Needs.of("10m", "64Mi")));
    return values;
  }

  /** Of all the cluster, since only such an issuer takes the role of cert-manager itself. */
  static Map<String, Object> issuer(Spec spec) {
    var acme = new LinkedHashMap<String, Object>();
    acme.put("server", spec.server());
    spec.email().ifPresent(email -> acme.put("email", email));
    acme.put("privateKeySecretRef", Map.of("name", ISSUER + "-acme-account"));
    var route53 = Map.of("hostedZoneID", spec.zone().id(), "region", spec.cluster().region());
    acme.put(
        "solvers",
        List.of(
            Map.of(
                "selector", Map.of("dnsZones", List.of(spec.zone().domain())),
                "dns01", Map.of("route53", route53))));
    return Map.of("acme", acme);
  }

  static PolicyDocument policy(Spec spec) {
    var zone =
        Resources.of(spec.cluster().publicArn("route53", "", "hostedzone/" + spec.zone().id()));
    return PolicyDocument.of(
        Statement.allow(
            "ProveDomain",
            List.of("route53:ChangeResourceRecordSets"),
            zone,
            Condition.of(
                "ForAllValues:StringEquals", "route53:ChangeResourceRecordSetsRecordTypes", "TXT")),
        Statement.allow("ReadRecords", List.of("route53:ListResourceRecordSets"), zone),
        Statement.allow(
            "SeeChanges",
            List.of("route53:GetChange"),
            Resources.of(spec.cluster().publicArn("route53", "", "change/*"))));
  }
}
