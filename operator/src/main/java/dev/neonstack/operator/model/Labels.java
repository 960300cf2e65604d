package dev.neonstack.operator.model;

import dev.neonstack.operator.api.NeonCompute;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** By what the objects of a compute are known. */
public final class Labels {
  /** Who makes them. */
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /** The value of {@link #MANAGED_BY}; also the manager of the fields that are set. */
  public static final String OPERATOR = "neonstack-operator";

  /** The compute, by its name. */
  public static final String COMPUTE = "neon.io/compute";

  /** The timeline, of which at most one pod writes. */
  public static final String TIMELINE = "neon.io/timeline";

  /** The start that a pod is for, as compute_ctl names itself. */
  public static final String COMPUTE_ID = "neon.io/compute-id";

  /** The operation that a pod is for; a UUID. */
  public static final String OPERATION = "neon.io/operation";

  /** Major version of PostgreSQL. */
  public static final String PG_VERSION = "neon.io/pg-version";

  /** An annotation: what the pod was made of, so that it shows when that has changed. */
  public static final String TEMPLATE = "neon.io/template";

  private Labels() {}

  /** Labels of all objects of a compute. */
  public static Map<String, String> of(NeonCompute compute) {
    var labels = new TreeMap<String, String>();
    labels.put("app.kubernetes.io/name", "neon");
    labels.put("app.kubernetes.io/component", "compute");
    labels.put("app.kubernetes.io/part-of", "neonstack");
    labels.put(MANAGED_BY, OPERATOR);
    labels.put(COMPUTE, compute.getMetadata().getName());
    return labels;
  }

  /** Makes Kubernetes delete an object with its compute. */
  public static OwnerReference owner(NeonCompute compute) {
    return new OwnerReferenceBuilder()
        .withApiVersion(compute.getApiVersion())
        .withKind(compute.getKind())
        .withName(compute.getMetadata().getName())
        .withUid(compute.getMetadata().getUid())
        .withController(true)
        .build();
  }

  /** Whether the object was made for a compute of this name. */
  public static boolean isOf(NeonCompute compute, HasMetadata object) {
    return value(object, MANAGED_BY).equals(Optional.of(OPERATOR))
        && value(object, COMPUTE).equals(Optional.of(compute.getMetadata().getName()));
  }

  /** A label. */
  public static Optional<String> value(HasMetadata object, String label) {
    return Optional.ofNullable(object.getMetadata().getLabels()).map(all -> all.get(label));
  }

  /** An annotation. */
  public static Optional<String> annotation(HasMetadata object, String name) {
    return Optional.ofNullable(object.getMetadata().getAnnotations()).map(all -> all.get(name));
  }
}
