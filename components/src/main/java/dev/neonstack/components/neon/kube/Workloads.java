package dev.neonstack.components.neon.kube;

import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.List;

/** When workloads are made and updated. */
public final class Workloads {
  private Workloads() {}

  /**
   * The options of a workload.
   *
   * @param after what has to be up before it
   * @param used what its pods read, which a new pod has to find in its new form
   */
  public static CustomResourceOptions after(
      Resource parent, List<Resource> after, Resource... used) {
    var before = new ArrayList<>(after);
    before.addAll(List.of(used));
    return CustomResourceOptions.builder().parent(parent).dependsOn(before).build();
  }
}
