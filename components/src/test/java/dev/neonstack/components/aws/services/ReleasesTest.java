package dev.neonstack.components.aws.services;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.RecordedCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ReleasesTest {
  static final List<Chart> CHARTS =
      List.of(
          CertManager.CHART,
          CloudNativePg.CHART,
          ClusterAutoscaler.CHART,
          ExternalDns.CHART,
          Karpenter.CHART,
          Karpenter.DEFINITIONS,
          LoadBalancerController.CHART,
          LocalVolumes.CHART,
          Reloader.CHART);

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void everyChartIsPinnedAndFetchedSafely() {
    assertThat(CHARTS).allMatch(chart -> chart.version().matches("v?[0-9]+\\.[0-9]+\\.[0-9]+"));
    assertThat(CHARTS).allMatch(chart -> chart.repository().matches("(https|oci)://[^/].*[^/]"));
  }

  @Test
  void helmGivesUpAndGoesBackBeforePulumiDoes() {
    var cluster = new RecordedCluster();
    cluster.run(context -> new CloudNativePg("postgres", null));

    var release = cluster.ofKind("Release").get(0);
    var helm = Duration.ofSeconds(((Double) release.at("timeout")).longValue());
    assertThat(cluster.patience("Release", "postgres")).isGreaterThan(helm);
    assertThat(release.at("atomic")).isEqualTo(true);
  }
}
