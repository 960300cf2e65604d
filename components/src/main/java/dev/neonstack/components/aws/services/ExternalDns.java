package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.aws.iam.PolicyDocument;
import dev.neonstack.components.aws.iam.Resources;
import dev.neonstack.components.aws.iam.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ExternalDNS, which keeps the name of the proxy pointing at its load balancer: records of one
 * domain in one zone of Route 53, and only those it made itself.
 */
public final class ExternalDns extends ComponentResource {
  /** ExternalDNS 0.23.0, seen in use in October 2026. */
  static final Chart CHART =
      new Chart("external-dns", "https://kubernetes-sigs.github.io/external-dns", "1.23.0");

  /** What annotations begin with. ExternalDNS changed it in 0.22, so that it is told. */
  static final String ANNOTATIONS = "external-dns.kubernetes.io/";

  private static final String ACCOUNT = "external-dns";

  private final Release release;

  /** Records to keep. */
  public record Spec(ServiceCluster cluster, HostedZone zone) {
    public Spec {
      requireNonNull(cluster, "cluster is null");
      requireNonNull(zone, "zone is null");
    }
  }

  /** Declares ExternalDNS. */
  public ExternalDns(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:aws:ExternalDns", name, options);
    var home = Namespaces.restricted(this, name, ACCOUNT);
    var account = Account.of(this, name, spec.cluster(), home, ACCOUNT, policy(spec));
    this.release = Releases.of(this, name, CHART, home, values(spec), account.both());
    registerOutputs(Map.of());
  }

  /** What has to stay until the proxy is gone: nobody else takes its records away. */
  public Resource workload() {
    return release;
  }

  /**
   * A TXT record beside each says whose it is; an asterisk is no name for one. The domain may be
   * below that of the zone, which is passed over unless told otherwise.
   */
  static Map<String, Object> values(Spec spec) {
    var values = new LinkedHashMap<String, Object>();
    values.put("provider", Map.of("name", "aws"));
    values.put("sources", List.of("service"));
    values.put("domainFilters", List.of(spec.zone().domain()));
    values.put("policy", "sync");
    values.put("registry", "txt");
    values.put("txtOwnerId", spec.cluster().name());
    values.put("annotationPrefix", ANNOTATIONS);
    values.put(
        "extraArgs",
        List.of(
            "--zone-id-filter=" + spec.zone().id(),
            "--aws-zone-match-parent",
            "--txt-wildcard-replacement=any"));
    values.put(
        "env", List.of(Map.of("name", "AWS_DEFAULT_REGION", "value", spec.cluster().region())));
    values.put("logFormat", "json");
    values.put("resources", Needs.of("50m", "128Mi"));
    values.put("serviceAccount", Needs.account(ACCOUNT));
    return values;
  }

  static PolicyDocument policy(Spec spec) {
    var zone =
        Resources.of(spec.cluster().publicArn("route53", "", "hostedzone/" + spec.zone().id()));
    return PolicyDocument.of(
        Statement.allow(
            "KeepRecords",
            List.of(
                "route53:ChangeResourceRecordSets",
                "route53:ListResourceRecordSets",
                "route53:ListTagsForResources"),
            zone),
        Statement.allow("FindZone", List.of("route53:ListHostedZones"), Resources.any()));
  }
}
