package dev.neonstack.components.neon.storage;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.kube.Role;
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
   * @param credentials access key and secret key; absent: the cloud lets the service accounts in
   * @param identities annotations by which the cloud knows the service account of a role
   */
  public record Access(
      Optional<Credentials> credentials, Map<Role, Output<Map<String, String>>> identities) {
    public Access {
      requireNonNull(credentials, "credentials is null");
      identities = Map.copyOf(identities);
    }

    public static Access with(Credentials credentials) {
      return new Access(Optional.of(credentials), Map.of());
    }

    /** A cloud that knows service accounts by what is set up there, without annotations. */
    public static Access keyless() {
      return keyless(Map.of());
    }

    public static Access keyless(Map<Role, Output<Map<String, String>>> identities) {
      return new Access(Optional.empty(), identities);
    }

    Optional<Output<Map<String, String>>> identity(Role role) {
      return Optional.ofNullable(identities.get(role));
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
