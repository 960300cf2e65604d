package dev.neonstack.local.compute;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.emulator.postgres.PostgresOptions;
import dev.neonstack.emulator.postgres.PostgresTimelineData;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A real PostgreSQL server of one major version on an empty branch, run by the runtime. */
final class OneServer implements AutoCloseable {
  static final String PASSWORD = "geheim-1";

  private static final Path CACHE = Path.of("target/postgres-cache").toAbsolutePath();
  private static final String ENDPOINT = "ep-test-runtime-12345678";

  private final TenantId tenant = TenantId.random();
  private final TimelineId branch = TimelineId.random();
  private final ProcessRuntime runtime;
  private final Path adminPassword;
  private final int port;

  OneServer(Path folder, int major) throws IOException {
    adminPassword = folder.resolve("admin-password");
    var timelines = new ArrayList<TimelineMeta>();
    var data =
        PostgresTimelineData.open(
            new PostgresOptions(folder.resolve("storage"), CACHE, adminPassword, Optional.empty()),
            lookup(timelines));
    var start = data.bootstrap(tenant, branch, major);
    timelines.add(new TimelineMeta(tenant, branch, major, Optional.empty(), start));
    runtime = new ProcessRuntime(data.computes(), adminPassword);
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    start();
  }

  void start() {
    var settings = Map.of("max_prepared_transactions", "5");
    runtime.start(new ComputeSpec(ENDPOINT, tenant, branch, "127.0.0.1", port, settings, false));
    change();
  }

  boolean isRunning() {
    return runtime.isRunning(ENDPOINT);
  }

  int port() {
    return port;
  }

  Path adminPassword() {
    return adminPassword;
  }

  /** Makes roles that can log in with {@link #PASSWORD}. */
  OneServer with(String... roles) {
    for (var role : roles) {
      change(AccountChange.putRole(role, Scram.verifier(PASSWORD)));
    }
    return this;
  }

  Inventory change(AccountChange... changes) {
    return runtime.change(tenant, branch, List.of(changes));
  }

  Connection connect(String database, String role) throws SQLException {
    return connect(database, role, PASSWORD);
  }

  Connection connect(String database, String role, String password) throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", role);
    properties.setProperty("password", password);
    properties.setProperty("PGDBNAME", database);
    return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/", properties);
  }

  /** Executes statements one by one, each in a transaction of its own. */
  void sql(String database, String role, String... statements) throws SQLException {
    try (var connection = connect(database, role);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  void stop() {
    runtime.stop(ENDPOINT);
  }

  @Override
  public void close() {
    stop();
  }

  private static TimelineLookup lookup(List<TimelineMeta> timelines) {
    return new TimelineLookup() {
      @Override
      public Optional<TimelineMeta> find(TenantId project, TimelineId timeline) {
        return timelines.stream().filter(meta -> meta.id().equals(timeline)).findFirst();
      }

      @Override
      public List<TimelineMeta> childrenOf(TenantId project, TimelineId timeline) {
        return List.of();
      }
    };
  }
}
