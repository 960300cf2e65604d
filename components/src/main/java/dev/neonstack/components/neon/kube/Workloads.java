package dev.neonstack.components.neon.kube;

import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** When workloads are made and updated. */
public final class Workloads {
  /** With images still to be fetched and volumes still to be made. */
  private static final Duration FIRST_START = Duration.ofMinutes(15);

  private static final Duration EACH_START = Duration.ofMinutes(5);

  private Workloads() {}

  /**
   * The options of a workload whose pods are updated together.
   *
   * @param after what has to be up before it
   * @param used what its pods read, which a new pod has to find in its new form
   */
  public static CustomResourceOptions after(
      Resource parent, List<Resource> after, Resource... used) {
    return oneByOne(1, Duration.ZERO, parent, after, used);
  }

  /**
   * The options of a workload whose pods are updated one by one, which takes as long as all of them
   * together.
   *
   * @param eachTurn how long an update may be busy with one pod, its start left out
   */
  public static CustomResourceOptions oneByOne(
      int pods, Duration eachTurn, Resource parent, List<Resource> after, Resource... used) {
    var before = new ArrayList<>(after);
    before.addAll(List.of(used));
    var patience = FIRST_START.plus(eachTurn.plus(EACH_START).multipliedBy(pods));
    return CustomResourceOptions.builder()
        .parent(parent)
        .dependsOn(before)
        .customTimeouts(CustomTimeouts.builder().create(patience).update(patience).build())
        .build();
  }
}
