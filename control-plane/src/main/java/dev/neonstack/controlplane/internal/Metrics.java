package dev.neonstack.controlplane.internal;

import dev.neonstack.controlplane.repair.SafekeeperRepair;
import dev.neonstack.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** What a Prometheus of the cluster reads; no value of it is a secret, so that nobody is asked. */
public final class Metrics implements Face, SafekeeperRepair.Watch {
  private static final String PATH = "/metrics";
  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder().build();
  private final Counter hooks =
      Counter.builder()
          .name("neonstack_hooks_total")
          .help("Hooks of the storage controller, by what they were answered.")
          .labelNames("hook", "status")
          .register(registry);

  private final Histogram wakes =
      Histogram.builder()
          .name("neonstack_wake_seconds")
          .help("How long the proxy waited for an endpoint, which was up already or was started.")
          .unit(Unit.SECONDS)
          .labelNames("kind")
          .classicUpperBounds(0.01, 0.05, 0.25, 0.5, 1, 2, 4, 8, 30, 110)
          .register(registry);
  private final Counter failedWakes =
      Counter.builder()
          .name("neonstack_failed_wakes_total")
          .help("Questions of the proxy for an endpoint that did not come up.")
          .register(registry);
  private final Counter repairs =
      Counter.builder()
          .name("neonstack_safekeeper_repairs_total")
          .help("Logs of branches that a safekeeper had lost, by what became of them.")
          .labelNames("result")
          .register(registry);
  private final Gauge weakLogs =
      Gauge.builder()
          .name("neonstack_logs_without_majority")
          .help("Logs of branches that less than a majority of their safekeepers hold.")
          .register(registry);

  /** Those of one server. */
  public Metrics() {}

  @Override
  public void repaired(boolean done) {
    repairs.labelValues(done ? "done" : "failed").inc();
  }

  @Override
  public void withoutMajority(int logs) {
    weakLogs.set(logs);
  }

  /** The proxy has got an endpoint. */
  void woken(boolean wasUp, long nanos) {
    wakes.labelValues(wasUp ? "warm" : "cold").observe(nanos / NANOS);
  }

  /** The proxy has not got an endpoint. */
  void notWoken() {
    failedWakes.inc();
  }

  /** A hook was answered. */
  void hook(String name, int status) {
    hooks.labelValues(name, Integer.toString(status)).inc();
  }

  @Override
  public boolean has(String path) {
    return path.equals(PATH);
  }

  @Override
  public Optional<Refusal> refusal(Request request) {
    return Optional.empty();
  }

  @Override
  public void add(RoutesConfig routes) {
    routes.get(PATH, this::answer);
  }

  private void answer(Context context) throws IOException {
    var page = new ByteArrayOutputStream();
    writer.write(page, registry.scrape());
    context.contentType(writer.getContentType()).result(page.toByteArray());
  }
}
