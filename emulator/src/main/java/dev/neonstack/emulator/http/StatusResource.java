package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.emulator.meta.Tenancy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What concerns the server as a whole. */
final class StatusResource {
  private static final int MAX_TENANTS = 2_500;
  private static final int USABLE_PERCENT = 80;

  private final Tenancy tenancy;
  private final Metrics metrics;
  private final Path dataDir;

  StatusResource(Tenancy tenancy, Metrics metrics, Path dataDir) {
    this.tenancy = tenancy;
    this.metrics = metrics;
    this.dataDir = dataDir;
  }

  void register(Router router) {
    router
        .add("GET", "/v1/status", call -> status())
        .add("GET", "/metrics", call -> metrics())
        .add("GET", "/v1/utilization", call -> utilization());
  }

  private static Answer status() {
    return Answer.ok(JsonNodeFactory.instance.objectNode().put("id", ApiServer.NODE_ID));
  }

  private Answer metrics() {
    return Answer.text("text/plain; version=0.0.4", metrics.text(tenancy));
  }

  private Answer utilization() {
    try {
      var disk = Files.getFileStore(dataDir);
      var tenants = tenancy.attached().size();
      return Answer.ok(
          JsonNodeFactory.instance
              .objectNode()
              .put("disk_usage_bytes", disk.getTotalSpace() - disk.getUnallocatedSpace())
              .put("free_space_bytes", disk.getUsableSpace())
              .put("disk_wanted_bytes", 0)
              .put("disk_usable_pct", USABLE_PERCENT)
              .put("shard_count", tenants)
              .put("max_shard_count", MAX_TENANTS)
              .put("utilization_score", 0)
              .put("captured_at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the free space of " + dataDir, e);
    }
  }
}
