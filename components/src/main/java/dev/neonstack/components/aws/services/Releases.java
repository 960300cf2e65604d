package dev.neonstack.components.aws.services;

import com.pulumi.kubernetes.helm.v3.Release;
import com.pulumi.kubernetes.helm.v3.ReleaseArgs;
import com.pulumi.kubernetes.helm.v3.inputs.RepositoryOptsArgs;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.CustomTimeouts;
import com.pulumi.resources.Resource;
import dev.neonstack.components.neon.kube.Home;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Releases of charts. Each is named for its chart, so that its objects keep their names. */
final class Releases {
  /** How long Helm waits for the pods of a release before it goes back to what was there. */
  private static final Duration WAIT = Duration.ofMinutes(10);

  /** Longer than {@link #WAIT}, so that it is Helm that gives up, and tidies. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final int HISTORY = 5;

  private Releases() {}

  /**
   * Declares the release of a chart.
   *
   * @param values of the chart; never a secret, which Helm would keep in its history
   * @param after what has to be there before its pods start
   */
  static Release of(
      Resource parent,
      String name,
      Chart chart,
      Home home,
      Map<String, Object> values,
      List<? extends Resource> after) {
    var args =
        ReleaseArgs.builder()
            .name(chart.name())
            .chart(chart.reference())
            .version(chart.version())
            .namespace(home.namespace())
            .createNamespace(false)
            .values(values)
            .atomic(true)
            .cleanupOnFail(true)
            .maxHistory(HISTORY)
            .timeout((int) WAIT.toSeconds());
    if (!chart.inRegistry()) {
      args.repositoryOpts(RepositoryOptsArgs.builder().repo(chart.repository()).build());
    }
    return new Release(name, args.build(), options(parent, after));
  }

  private static CustomResourceOptions options(Resource parent, List<? extends Resource> after) {
    return CustomResourceOptions.builder()
        .parent(parent)
        .dependsOn(List.copyOf(after))
        .customTimeouts(
            CustomTimeouts.builder().create(PATIENCE).update(PATIENCE).delete(PATIENCE).build())
        .build();
  }
}
