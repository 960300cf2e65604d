package dev.neonstack.emulator.http;

import dev.neonstack.emulator.meta.Perils;
import dev.neonstack.emulator.meta.Tenancy;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what is answered, for Prometheus. */
final class Metrics {
  private static final String PERILS = "neonstack_create_and_delete_pairs_total";

  private final Map<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final Instant started = Instant.now();
  private final Perils perils;

  Metrics(Perils perils) {
    this.perils = perils;
  }

  void answered(int status) {
    answers.computeIfAbsent(status, key -> new LongAdder()).increment();
  }

  String text(Tenancy tenancy) {
    var text = new StringBuilder();
    head(text, "http_requests_total", "counter", "Requests answered, by status");
    answers.forEach(
        (status, count) ->
            line(text, "http_requests_total{status=\"" + status + "\"}", count.sum()));
    var tenants = tenancy.attached();
    head(text, "pageserver_tenants", "gauge", "Tenants attached");
    line(text, "pageserver_tenants", tenants.size());
    var timelines = new TreeMap<String, Long>(Map.of("listed", 0L, "offloaded", 0L));
    for (var tenant : tenants) {
      timelines.merge("listed", (long) tenancy.timelines(tenant.id()).size(), Long::sum);
      timelines.merge("offloaded", (long) tenancy.offloaded(tenant.id()).size(), Long::sum);
    }
    head(text, "pageserver_timelines", "gauge", "Timelines, by whether they are offloaded");
    timelines.forEach(
        (state, count) -> line(text, "pageserver_timelines{state=\"" + state + "\"}", count));
    head(
        text,
        PERILS,
        "counter",
        "Creations of a child that were under way together with the deletion of its parent");
    line(text, PERILS, perils.pairs());
    head(text, "process_start_time_seconds", "gauge", "When the server started");
    line(text, "process_start_time_seconds", started.getEpochSecond());
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, long value) {
    text.append(name).append(' ').append(value).append('\n');
  }
}
