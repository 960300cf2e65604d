package dev.neonstack.components.aws.services;

import static java.util.Objects.requireNonNull;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.CustomObject;
import dev.neonstack.components.neon.kube.Home;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The certificate of the proxy, which cert-manager keeps valid in a Secret. */
public final class ProxyCertificate extends ComponentResource {
  private static final CustomObject.Kind CERTIFICATE =
      new CustomObject.Kind("cert-manager.io/v1", "Certificate");

  private final CustomObject certificate;

  /**
   * A certificate to have.
   *
   * @param home the namespace of the proxy
   * @param secret name of the Secret that cert-manager makes
   */
  public record Spec(Home home, HostedZone zone, String secret) {
    public Spec {
      requireNonNull(home, "home is null");
      requireNonNull(zone, "zone is null");
      if (!secret.matches("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?")) {
        throw new IllegalArgumentException(
            "secret is '%s'; expected a name of lower case letters, digits and dashes"
                .formatted(secret));
      }
    }
  }

  /**
   * Declares the certificate.
   *
   * @param issuer what {@link CertManager} has to have made before
   */
  public ProxyCertificate(
      String name, Spec spec, Resource issuer, ComponentResourceOptions options) {
    super("neonstack:aws:ProxyCertificate", name, options);
    this.certificate =
        new CustomObject(
            name,
            CERTIFICATE,
            ObjectMetaArgs.builder()
                .name(spec.secret())
                .namespace(spec.home().namespace())
                .labels(Account.LABELS)
                .build(),
            certificate(spec),
            CustomResourceOptions.builder().parent(this).dependsOn(issuer).build());
    registerOutputs(Map.of());
  }

  /** What has to be there before the proxy, whose pods wait for the Secret. */
  public Resource workload() {
    return certificate;
  }

  /**
   * The proxy takes its domain from the common name. The key is RSA because authorities sign
   * certificates of elliptic keys with SHA-384, for which the proxy offers no channel binding.
   */
  static Map<String, Object> certificate(Spec spec) {
    var wanted = new LinkedHashMap<String, Object>();
    wanted.put("secretName", spec.secret());
    wanted.put("commonName", spec.zone().wildcard());
    wanted.put("dnsNames", List.of(spec.zone().wildcard()));
    wanted.put("privateKey", Map.of("algorithm", "RSA", "size", 2048, "rotationPolicy", "Always"));
    wanted.put("usages", List.of("digital signature", "key encipherment", "server auth"));
    wanted.put(
        "issuerRef",
        Map.of("group", "cert-manager.io", "kind", "ClusterIssuer", "name", CertManager.ISSUER));
    return wanted;
  }
}
