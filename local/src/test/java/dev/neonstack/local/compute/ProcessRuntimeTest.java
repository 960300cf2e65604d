package dev.neonstack.local.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.port.ComputeSpec.DatabaseSpec;
import dev.neonstack.controlplane.port.ComputeSpec.RoleSpec;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.emulator.postgres.PostgresOptions;
import dev.neonstack.emulator.postgres.PostgresTimelineData;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessRuntimeTest {

  private static final Path CACHE = Path.of("target/postgres-cache").toAbsolutePath();
  private static final String ENDPOINT = "ep-test-runtime-12345678";
  private static final RoleSpec APP = new RoleSpec("app", Scram.verifier("geheim-1"));

  @TempDir private Path folder;

  private final TenantId tenant = TenantId.random();
  private final TimelineId branch = TimelineId.random();
  private final Map<TimelineId, TimelineMeta> timelines = new ConcurrentHashMap<>();
  private ProcessRuntime runtime;
  private int port;

  @BeforeEach
  void setUp() throws IOException {
    var password = folder.resolve("admin-password");
    var data =
        PostgresTimelineData.open(
            new PostgresOptions(folder.resolve("storage"), CACHE, password, Optional.empty()),
            lookup());
    var start = data.bootstrap(tenant, branch, 17);
    timelines.put(branch, new TimelineMeta(tenant, branch, 17, Optional.empty(), start));
    runtime = new ProcessRuntime(data.computes(), password);
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
  }

  @AfterEach
  void stop() {
    runtime.stop(ENDPOINT);
  }

  @Test
  void startsWithItsRolesAndDatabasesAndStops() throws SQLException {
    runtime.start(spec(List.of(APP), List.of(new DatabaseSpec("app", "app"))));

    assertThat(runtime.isRunning(ENDPOINT)).isTrue();
    try (var connection = connect("app", "app", "geheim-1");
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (x int)");
      statement.execute("CREATE DATABASE another");
    }
    runtime.stop(ENDPOINT);
    runtime.stop(ENDPOINT);
    assertThat(runtime.isRunning(ENDPOINT)).isFalse();
  }

  @Test
  void aSecondStartChangesNothing() throws SQLException {
    var spec = spec(List.of(APP), List.of(new DatabaseSpec("app", "app")));
    runtime.start(spec);
    try (var connection = connect("app", "app", "geheim-1")) {
      runtime.start(spec);
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void aNewPasswordReplacesTheOld() throws SQLException {
    runtime.start(spec(List.of(APP), List.of(new DatabaseSpec("app", "app"))));
    var changed = new RoleSpec("app", Scram.verifier("geheim-2"));
    runtime.apply(spec(List.of(changed), List.of(new DatabaseSpec("app", "app"))));

    connect("app", "app", "geheim-2").close();
    assertThatThrownBy(() -> connect("app", "app", "geheim-1")).isInstanceOf(SQLException.class);
  }

  @Test
  void ownersFollowAndStrangeNamesAreQuoted() throws SQLException {
    var odd = new RoleSpec("o'dd \"one\"", Scram.verifier("geheim-3"));
    runtime.start(spec(List.of(APP, odd), List.of(new DatabaseSpec("my \"db\"", "app"))));
    runtime.apply(spec(List.of(APP, odd), List.of(new DatabaseSpec("my \"db\"", odd.name()))));

    try (var connection = connect("my \"db\"", odd.name(), "geheim-3");
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT pg_get_userbyid(datdba) FROM pg_database"
                        + " WHERE datname = current_database()")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo(odd.name());
    }
  }

  @Test
  void aDroppedRoleLeavesItsTablesToTheOwnerOfTheDatabase() throws SQLException {
    var leaver = new RoleSpec("leaver", Scram.verifier("geheim-4"));
    runtime.start(spec(List.of(APP, leaver), List.of(new DatabaseSpec("app", "app"))));
    try (var connection = connect("app", "app", "geheim-1");
        var statement = connection.createStatement()) {
      statement.execute("GRANT CREATE ON SCHEMA public TO leaver");
    }
    try (var connection = connect("app", "leaver", "geheim-4");
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (x int)");
    }

    runtime.apply(
        new ComputeSpec(
            ENDPOINT,
            tenant,
            branch,
            "127.0.0.1",
            port,
            Map.of(),
            List.of(APP),
            List.of(new DatabaseSpec("app", "app")),
            List.of("leaver"),
            List.of("never-there")));

    try (var connection = connect("app", "app", "geheim-1");
        var statement = connection.createStatement()) {
      statement.execute("DROP TABLE kept");
    }
    assertThatThrownBy(() -> connect("app", "leaver", "geheim-4")).isInstanceOf(SQLException.class);
  }

  @Test
  void noVerifierReachesTheLogOfTheServer() throws Exception {
    runtime.start(spec(List.of(APP), List.of(new DatabaseSpec("app", "app"))));
    var broken = spec(List.of(APP), List.of(new DatabaseSpec("b", "nobody-of-that-name")));
    assertThatThrownBy(() -> runtime.apply(broken))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("nobody-of-that-name");

    try (var tree = Files.walk(folder)) {
      for (var log : tree.filter(file -> file.toString().endsWith("log")).toList()) {
        assertThat(log).content().doesNotContain("SCRAM-SHA-256$");
      }
    }
  }

  @Test
  void applyNeedsARunningServer() {
    assertThatThrownBy(() -> runtime.apply(spec(List.of(APP), List.of())))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("is not running");
  }

  private ComputeSpec spec(List<RoleSpec> roles, List<DatabaseSpec> databases) {
    return new ComputeSpec(
        ENDPOINT,
        tenant,
        branch,
        "127.0.0.1",
        port,
        Map.of(),
        roles,
        databases,
        List.of(),
        List.of());
  }

  private Connection connect(String database, String role, String password) throws SQLException {
    var encoded = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/" + encoded, role, password);
  }

  private TimelineLookup lookup() {
    return new TimelineLookup() {
      @Override
      public Optional<TimelineMeta> find(TenantId project, TimelineId timeline) {
        return Optional.ofNullable(timelines.get(timeline));
      }

      @Override
      public List<TimelineMeta> childrenOf(TenantId project, TimelineId timeline) {
        return List.of();
      }
    };
  }
}
