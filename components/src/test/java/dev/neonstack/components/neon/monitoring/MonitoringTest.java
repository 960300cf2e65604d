package dev.neonstack.components.neon.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.Golden;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.neon.kube.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MonitoringTest {
  private static final Path RUNBOOK = Path.of("..", "docs", "runbooks", "alerts.md");
  private static final Path METRICS = Path.of("src", "test", "resources", "neon-metrics.txt");
  private static final Pattern METRIC =
      Pattern.compile(
          "\\b(?:pageserver|safekeeper|storage_controller|proxy|compute_ctl|remote_storage)_[a-z0-9_]+");

  private final RecordedCluster cluster = new RecordedCluster();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void itIsAsInTheGoldenFile() {
    declare(true, true);

    Golden.assertSame("monitoring", cluster);
  }

  @Test
  void whatTheClusterHasNoUseForIsNotDeclared() {
    declare(false, false);

    assertThat(cluster.objects()).isEmpty();
  }

  @Test
  void dashboardsNeedNoPrometheusOperator() {
    declare(false, true);

    assertThat(cluster.objects()).hasSize(3);
    assertThat(cluster.ofKind("ConfigMap")).hasSize(3);
  }

  @Test
  void everyAlertHasASectionInTheRunbookAndTheOtherWayRound() throws IOException {
    var sections =
        Files.readAllLines(RUNBOOK).stream()
            .filter(line -> line.startsWith("## "))
            .map(line -> line.substring(3))
            .toList();

    assertThat(sections)
        .containsExactlyInAnyOrderElementsOf(alerts(3).stream().map(Alert::name).toList());
  }

  @Test
  void onlyMetricsThatNeonPublishesAreUsed() throws IOException {
    var published = Files.readAllLines(METRICS);
    var used = new StringBuilder();
    alerts(3).forEach(alert -> used.append(alert.expression()).append('\n'));
    for (var dashboard : Dashboards.all()) {
      dashboard.panels().forEach(panel -> used.append(panel.expression()).append('\n'));
    }

    var names =
        METRIC
            .matcher(used)
            .results()
            .map(match -> match.group().replaceFirst("_(bucket|count|sum)$", ""))
            .map(name -> published.contains(name) ? name : name + "_count")
            .distinct();
    assertThat(names).isSubsetOf(published).hasSizeGreaterThan(20);
  }

  @Test
  void theQuorumIsTheMajority() {
    assertThat(expression("NeonSafekeeperQuorumLost", 3)).endsWith("< 2");
    assertThat(expression("NeonSafekeeperQuorumLost", 5)).endsWith("< 3");
    assertThat(expression("NeonSafekeeperDown", 5)).endsWith("< 5");
  }

  @Test
  void whatIsNotDeployedIsNeitherWatchedNorWarnedOf() {
    cluster.run(
        context ->
            new Monitoring(
                "monitoring",
                new Home("neon", Output.of("neon")),
                spec(true, false, 3, false, false),
                ComponentResourceOptions.Empty));

    assertThat(cluster.ofKind("PodMonitor")).hasSize(4);
    assertThat(cluster.the("PrometheusRule", "neon").text("spec", "groups"))
        .contains("NeonStorageBrokerDown")
        .doesNotContainIgnoringCase("proxy")
        .doesNotContain("NeonControlPlaneDown", "neonstack_");
  }

  @Test
  void anAlertLinksToItsSection() {
    declare(true, false);

    var rule = cluster.the("PrometheusRule", "neon");
    assertThat(rule.text("spec", "groups", 0, "rules", 0, "annotations", "runbook_url"))
        .isEqualTo("https://runbooks.example/alerts.md#neonsafekeeperquorumlost");
  }

  @Test
  void nothingToWatchIsRefused() {
    assertThatThrownBy(() -> spec(true, true, 0))
        .hasMessage("0 safekeepers and 2 pageservers are watched; expected 1 of each at least");
  }

  private static String expression(String alert, int safekeepers) {
    return alerts(safekeepers).stream()
        .filter(one -> one.name().equals(alert))
        .findFirst()
        .orElseThrow()
        .expression();
  }

  private static List<Alert> alerts(int safekeepers) {
    return new Alerts("neon", spec(true, true, safekeepers)).all();
  }

  private void declare(boolean prometheus, boolean dashboards) {
    cluster.run(
        context ->
            new Monitoring(
                "monitoring",
                new Home("neon", Output.of("neon")),
                spec(prometheus, dashboards, 3),
                ComponentResourceOptions.Empty));
  }

  private static MonitoringSpec spec(boolean prometheus, boolean dashboards, int safekeepers) {
    return spec(prometheus, dashboards, safekeepers, true, true);
  }

  private static MonitoringSpec spec(
      boolean prometheus,
      boolean dashboards,
      int safekeepers,
      boolean proxy,
      boolean controlPlane) {
    return new MonitoringSpec(
        prometheus,
        Map.of("release", "prometheus"),
        dashboards,
        Map.of("grafana_dashboard", "1"),
        "https://runbooks.example/alerts.md",
        safekeepers,
        2,
        proxy,
        controlPlane);
  }
}
