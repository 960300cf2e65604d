package dev.neonstack.components.neon.storage;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.kube.SecretEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket that Neon's storage keeps its data in. Pageservers and safekeepers use the same bucket
 * with different prefixes.
 *
 * @param endpoint URL of an S3-compatible server, which is then addressed by path; absent: Amazon
 *     S3
 * @param region always given: a pageserver without it takes the bucket for one of Google's
 * @param bucket its name
 * @param pageserverPrefix of the keys of pageservers
 * @param safekeeperPrefix of the keys of safekeepers
 * @param access how servers are let in
 * @param caBundle entry of a Secret with the CA certificates (PEM) of the endpoint; absent: the
 *     public ones
 */
public record ObjectStore(
    Optional<String> endpoint,
    String region,
    Output<String> bucket,
    String pageserverPrefix,
    String safekeeperPrefix,
    Access access,
    Optional<SecretEntry> caBundle) {
  public ObjectStore {
    requireNonNull(endpoint, "endpoint is null");
    requireNonNull(bucket, "bucket is null");
    requireNonNull(access, "access is null");
    requireNonNull(caBundle, "caBundle is null");
    if (region.isBlank()) {
      throw new IllegalArgumentException(
          "region is empty; expected a name, for Ceph the one of the zone group, such as us-east-1");
    }
    if (pageserverPrefix.equals(safekeeperPrefix)) {
      throw new IllegalArgumentException(
          "pageserverPrefix and safekeeperPrefix are both '%s'; expected different ones"
              .formatted(pageserverPrefix));
    }
  }

  /**
   * How servers are let in.
   *
   * @param credentials access key and secret key; absent: the cloud lets the service account in
   * @param serviceAccountAnnotations by which the cloud knows the service account
   */
  public record Access(
      Optional<Credentials> credentials, Map<String, String> serviceAccountAnnotations) {
    public Access {
      requireNonNull(credentials, "credentials is null");
      serviceAccountAnnotations = Map.copyOf(serviceAccountAnnotations);
    }

    public static Access with(Credentials credentials) {
      return new Access(Optional.of(credentials), Map.of());
    }

    public static Access keyless(Map<String, String> serviceAccountAnnotations) {
      return new Access(Optional.empty(), serviceAccountAnnotations);
    }
  }

  /** Where access key and secret key are. */
  public record Credentials(SecretEntry accessKey, SecretEntry secretKey) {
    public Credentials {
      requireNonNull(accessKey, "accessKey is null");
      requireNonNull(secretKey, "secretKey is null");
    }

    List<SecretEntry> entries() {
      return List.of(accessKey, secretKey);
    }
  }
}
