package dev.neonstack.components.ceph;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.kube.CustomObject;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.storage.ObjectStore;
import dev.neonstack.components.neon.storage.ObjectStore.Access;
import dev.neonstack.components.neon.storage.ObjectStore.Credentials;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A bucket of Ceph's RADOS gateway: one that is there, with keys in a Secret, or one that Rook
 * makes for a claim, with keys in the Secret Rook makes beside it. The endpoint makes Neon address
 * the bucket by path, which a gateway without wildcard DNS needs.
 */
public final class CephObjectStore extends ComponentResource {
  /** What a gateway answers to where its zone group has no other name. */
  public static final String DEFAULT_REGION = "us-east-1";

  private static final CustomObject.Kind CLAIM =
      new CustomObject.Kind("objectbucket.io/v1alpha1", "ObjectBucketClaim");

  private final ObjectStore store;

  /**
   * A bucket to use.
   *
   * @param endpoint URL of the gateway
   * @param region of its zone group
   * @param bucket its name
   * @param pageserverPrefix of the keys of pageservers
   * @param safekeeperPrefix of the keys of safekeepers
   * @param source where the bucket comes from
   * @param caBundle entry of a Secret with the CA certificates (PEM) of the gateway
   */
  public record Spec(
      Home home,
      String endpoint,
      String region,
      String bucket,
      String pageserverPrefix,
      String safekeeperPrefix,
      Source source,
      Optional<SecretEntry> caBundle) {
    public Spec {
      requireNonNull(source, "source is null");
      if (!endpoint.matches("https?://[^/]+/?")) {
        throw new IllegalArgumentException(
            "endpoint is '%s'; expected a URL such as https://rgw.example:7480"
                .formatted(endpoint));
      }
    }
  }

  /**
   * Where the bucket comes from: exactly one of both.
   *
   * @param existing the keys of a bucket that is there
   * @param claim a bucket for Rook to make
   */
  public record Source(Optional<Credentials> existing, Optional<Claim> claim) {
    public Source {
      if (existing.isPresent() == claim.isPresent()) {
        throw new IllegalArgumentException("expected exactly one of existing and claim");
      }
    }
  }

  /**
   * A claim for a bucket. Its removal removes the bucket only where the class says so.
   *
   * @param storageClass of Rook for buckets
   * @param maxSizeGiB quota in GiB; absent: none
   * @param protectedData whether Pulumi refuses to remove the claim
   */
  public record Claim(String storageClass, Optional<Integer> maxSizeGiB, boolean protectedData) {}

  /** Declares what has to be declared for the bucket. */
  public CephObjectStore(String name, Spec spec, ComponentResourceOptions options) {
    super("neonstack:ceph:CephObjectStore", name, options);
    this.store =
        spec.source()
            .claim()
            .map(claim -> claimed(name, spec, claim))
            .orElseGet(
                () ->
                    store(spec, Output.of(spec.bucket()), spec.source().existing().orElseThrow()));
    registerOutputs(Map.of("bucket", store.bucket()));
  }

  /** The bucket as Neon's storage takes it. */
  public ObjectStore store() {
    return store;
  }

  private ObjectStore claimed(String name, Spec spec, Claim claim) {
    var object =
        new CustomObject(
            name,
            CLAIM,
            ObjectMetaArgs.builder().name(spec.bucket()).namespace(spec.home().namespace()).build(),
            claim(spec, claim),
            CustomResourceOptions.builder().parent(this).protect(claim.protectedData()).build());
    var keys =
        new Credentials(
            SecretEntry.existing(spec.bucket(), "AWS_ACCESS_KEY_ID"),
            SecretEntry.existing(spec.bucket(), "AWS_SECRET_ACCESS_KEY"));
    return store(spec, object.id().applyValue(made -> spec.bucket()), keys);
  }

  static Map<String, Object> claim(Spec spec, Claim claim) {
    var wanted = new LinkedHashMap<String, Object>();
    wanted.put("bucketName", spec.bucket());
    wanted.put("storageClassName", claim.storageClass());
    claim
        .maxSizeGiB()
        .ifPresent(size -> wanted.put("additionalConfig", Map.of("maxSize", size + "Gi")));
    return wanted;
  }

  private static ObjectStore store(Spec spec, Output<String> bucket, Credentials credentials) {
    return new ObjectStore(
        Optional.of(spec.endpoint()),
        spec.region(),
        bucket,
        spec.pageserverPrefix(),
        spec.safekeeperPrefix(),
        Access.with(credentials),
        spec.caBundle());
  }
}
