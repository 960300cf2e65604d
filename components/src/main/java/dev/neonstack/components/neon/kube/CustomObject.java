package dev.neonstack.components.neon.kube;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.kubernetes.Utilities;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;

/** An object of a kind that a CustomResourceDefinition adds to the cluster. */
public final class CustomObject extends CustomResource {
  /**
   * Declares the object.
   *
   * @param kind such as {@code Cluster} of {@code postgresql.cnpg.io/v1}
   * @param spec as it is written in YAML, of maps, lists, texts, numbers and flags
   */
  public CustomObject(
      String name,
      Kind kind,
      ObjectMetaArgs metadata,
      Map<String, Object> spec,
      CustomResourceOptions options) {
    super(
        "kubernetes:%s:%s".formatted(kind.apiVersion(), kind.kind()),
        name,
        new Args(kind, metadata, spec),
        CustomResourceOptions.merge(
            CustomResourceOptions.builder().version(Utilities.getVersion()).build(),
            options,
            null));
  }

  /**
   * A kind of object.
   *
   * @param apiVersion such as {@code postgresql.cnpg.io/v1}
   * @param kind such as {@code Cluster}
   */
  public record Kind(String apiVersion, String kind) {}

  /** The SDK reads the fields by reflection. */
  @SuppressWarnings("UnusedVariable")
  private static final class Args extends ResourceArgs {
    @Import(name = "apiVersion", required = true)
    private final Output<String> apiVersion;

    @Import(name = "kind", required = true)
    private final Output<String> kind;

    @Import(name = "metadata", required = true)
    private final Output<ObjectMetaArgs> metadata;

    @Import(name = "spec")
    private final Output<Map<String, Object>> spec;

    Args(Kind kind, ObjectMetaArgs metadata, Map<String, Object> spec) {
      this.apiVersion = Output.of(kind.apiVersion());
      this.kind = Output.of(kind.kind());
      this.metadata = Output.of(metadata);
      this.spec = Output.of(spec);
    }
  }
}
