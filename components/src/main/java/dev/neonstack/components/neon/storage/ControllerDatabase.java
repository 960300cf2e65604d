package dev.neonstack.components.neon.storage;

import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.ControllerDatabaseNames;
import dev.neonstack.components.neon.kube.CustomObject;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.components.neon.kube.PodSettings;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.components.neon.kube.VolumeNeeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Postgres of the storage controller, looked after by the operator CloudNativePG. It holds the
 * generation of every project: if one were handed out twice, two pageservers would write the same
 * objects. So a commit waits for a standby, and a copy of the database is never simply put back.
 */
public final class ControllerDatabase extends ComponentResource {
  private static final CustomObject.Kind CLUSTER =
      new CustomObject.Kind("postgresql.cnpg.io/v1", "Cluster");
  private static final String DATABASE = "storage_controller";

  private final CustomObject cluster;

  /**
   * A Postgres to have.
   *
   * @param pods of which needs, placement and priority are taken
   * @param image of Postgres as the operator wants it; absent: the operator's own
   * @param instances three or more, so that one can be away and commits still wait for a standby
   * @param domainLabel label of nodes that tells failure domains apart
   */
  public record Spec(
      Home home,
      PodSettings pods,
      Optional<ImageRef> image,
      int instances,
      VolumeNeeds volume,
      String domainLabel) {
    public Spec {
      if (instances < 3) {
        throw new IllegalArgumentException(
            "instances is %d; expected 3 or more".formatted(instances));
      }
    }
  }

  /**
   * Declares the Postgres.
   *
   * @param after what has to be there before it, such as the operator, and to stay until it is gone
   */
  public ControllerDatabase(
      String name, Spec spec, List<Resource> after, ComponentResourceOptions options) {
    super("neonstack:neon:ControllerDatabase", name, options);
    this.cluster =
        new CustomObject(
            name,
            CLUSTER,
            ObjectMetaArgs.builder()
                .name(ControllerDatabaseNames.CLUSTER)
                .namespace(spec.home().namespace())
                .labels(Role.STORAGE_CONTROLLER.labels())
                .build(),
            cluster(spec),
            CustomResourceOptions.builder().parent(this).dependsOn(after).build());
    registerOutputs(Map.of());
  }

  public Resource workload() {
    return cluster;
  }

  /** How the database is reached, by the Secrets that the operator makes. */
  public DatabaseAccess access() {
    return new DatabaseAccess(
        SecretEntry.existing(ControllerDatabaseNames.SECRET, ControllerDatabaseNames.URL_KEY),
        "?sslmode=require",
        Optional.of(
            SecretEntry.existing(
                ControllerDatabaseNames.CA_SECRET, ControllerDatabaseNames.CA_KEY)));
  }

  static Map<String, Object> cluster(Spec spec) {
    var pods = spec.pods();
    var wanted = new LinkedHashMap<String, Object>();
    wanted.put("instances", spec.instances());
    spec.image().ifPresent(image -> wanted.put("imageName", image.text()));
    wanted.put(
        "imagePullSecrets",
        pods.pullSecrets().stream().map(secret -> Map.of("name", secret)).toList());
    pods.priorityClass().ifPresent(priority -> wanted.put("priorityClassName", priority));
    wanted.put("bootstrap", Map.of("initdb", Map.of("database", DATABASE, "owner", DATABASE)));
    wanted.put(
        "storage",
        Map.of(
            "size", spec.volume().sizeGiB() + "Gi", "storageClass", spec.volume().storageClass()));
    wanted.put(
        "postgresql",
        Map.of(
            "synchronous", Map.of("method", "any", "number", 1, "dataDurability", "required"),
            "parameters", Map.of("max_connections", "200")));
    wanted.put("resources", resources(pods));
    wanted.put("affinity", affinity(spec));
    wanted.put("enablePDB", true);
    return wanted;
  }

  private static Map<String, Object> resources(PodSettings pods) {
    var needs = pods.needs();
    return Map.of(
        "requests", Map.of("cpu", needs.cpu(), "memory", needs.memory()),
        "limits", Map.of("memory", needs.memory()));
  }

  private static Map<String, Object> affinity(Spec spec) {
    var placement = spec.pods().placement();
    var affinity = new LinkedHashMap<String, Object>();
    affinity.put("enablePodAntiAffinity", true);
    affinity.put("podAntiAffinityType", "required");
    affinity.put("topologyKey", spec.domainLabel());
    if (!placement.nodeSelector().isEmpty()) {
      affinity.put("nodeSelector", placement.nodeSelector());
    }
    List<Object> tolerations = new ArrayList<>();
    for (var taint : placement.tolerations()) {
      var toleration = new LinkedHashMap<String, Object>();
      toleration.put("key", taint.key());
      toleration.put("effect", taint.effect());
      toleration.put("operator", taint.value().isPresent() ? "Equal" : "Exists");
      taint.value().ifPresent(value -> toleration.put("value", value));
      tolerations.add(toleration);
    }
    if (!tolerations.isEmpty()) {
      affinity.put("tolerations", tolerations);
    }
    return affinity;
  }
}
