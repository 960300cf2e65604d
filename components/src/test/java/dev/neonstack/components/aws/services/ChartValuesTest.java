package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Helm ignores values that a chart does not know, so that ours are held against what it knows. */
final class ChartValuesTest {
  private static final Path LISTS = Path.of("src", "test", "resources", "charts");

  private static final Placement STORAGE =
      new Placement(
          Map.of("neonstack.dev/node", "storage"),
          List.of(new Toleration("neonstack.dev/node", Optional.of("storage"), "NoSchedule")),
          Map.of());

  static Stream<Arguments> charts() {
    var cluster = Clusters.irsa();
    return Stream.of(
        Arguments.of(CertManager.CHART, CertManager.values()),
        Arguments.of(CloudNativePg.CHART, CloudNativePg.values()),
        Arguments.of(
            ClusterAutoscaler.CHART,
            ClusterAutoscaler.values(new ClusterAutoscaler.Spec(cluster, "1.36"))),
        Arguments.of(
            ExternalDns.CHART, ExternalDns.values(new ExternalDns.Spec(cluster, Clusters.ZONE))),
        Arguments.of(Karpenter.CHART, Karpenter.values(cluster.name(), Output.of("queue"))),
        Arguments.of(
            LoadBalancerController.CHART,
            LoadBalancerController.values(
                new LoadBalancerController.Spec(cluster, Map.of("stack", "dev")))),
        Arguments.of(
            LocalVolumes.CHART,
            LocalVolumes.values(
                new LocalVolumes.Spec(LocalVolumes.Kind.STATIC, "local-nvme", STORAGE))),
        Arguments.of(Reloader.CHART, Reloader.values(new Home("neon", Output.of("neon")))));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void everyValueIsKnown(Chart chart, Map<String, Object> values) throws IOException {
    assertThat(unknown(values, "", known(chart))).as(chart.name()).isEmpty();
  }

  @Test
  void everyChartWithValuesIsLookedAt() {
    assertThat(charts().map(chart -> chart.get()[0]))
        .containsExactlyInAnyOrderElementsOf(
            ReleasesTest.CHARTS.stream()
                .filter(chart -> !chart.equals(Karpenter.DEFINITIONS))
                .toList());
  }

  @Test
  void aValueThatNoChartKnowsIsFound() {
    var known = Set.of("replicas", "pod.labels.*", "pod.name");

    assertThat(
            unknown(
                Map.of(
                    "replicas", 2,
                    "pod", Map.of("labels", Map.of("any", "thing"), "nodes", Map.of("one", 1)),
                    "cleanup", Map.of()),
                "",
                known))
        .containsExactlyInAnyOrder("pod.nodes.one", "cleanup");
  }

  private static Set<String> known(Chart chart) throws IOException {
    try (var lines = Files.lines(LISTS.resolve(chart.name() + ".keys"))) {
      return lines.filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
    }
  }

  private static List<String> unknown(Map<?, ?> values, String above, Set<String> known) {
    var unknown = new ArrayList<String>();
    values.forEach(
        (key, value) -> {
          var path = above + key;
          if (known.contains(path) || known.contains(path + ".*")) {
            return;
          }
          if (value instanceof Map<?, ?> inside && !inside.isEmpty()) {
            unknown.addAll(unknown(inside, path + ".", known));
          } else {
            unknown.add(path);
          }
        });
    return unknown;
  }
}
