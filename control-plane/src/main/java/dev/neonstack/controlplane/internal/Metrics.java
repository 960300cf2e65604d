package dev.neonstack.controlplane.internal;

import dev.neonstack.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** What a Prometheus of the cluster reads; no value of it is a secret, so that nobody is asked. */
final class Metrics implements Face {
  private static final String PATH = "/metrics";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.builder().build();
  private final Counter hooks =
      Counter.builder()
          .name("neonstack_hooks_total")
          .help("Hooks of the storage controller, by what they were answered.")
          .labelNames("hook", "status")
          .register(registry);

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
