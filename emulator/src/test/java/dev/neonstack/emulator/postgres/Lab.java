package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.Compute;
import dev.neonstack.emulator.ComputeRequest;
import dev.neonstack.emulator.TimelineLookup;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/** One project on real data, with the metadata in memory. Stops every server it started. */
final class Lab implements AutoCloseable {
  private static final Path CACHE = Path.of("target/postgres-cache").toAbsolutePath();

  final TenantId tenant = TenantId.random();
  final Path directory;
  final Timelines timelines = new Timelines();
  private final PostgresOptions options;
  private final BiFunction<Path, Path, ServerUser> users;
  private final ServerWatch watch;
  private PostgresTimelineData data;

  /** What the emulator would keep in its own files. */
  static final class Timelines implements TimelineLookup {
    private final Map<TimelineId, TimelineMeta> all = new ConcurrentHashMap<>();

    @Override
    public Optional<TimelineMeta> find(TenantId tenant, TimelineId timeline) {
      return Optional.ofNullable(all.get(timeline)).filter(meta -> meta.tenant().equals(tenant));
    }

    @Override
    public List<TimelineMeta> childrenOf(TenantId tenant, TimelineId timeline) {
      return all.values().stream()
          .filter(meta -> meta.ancestor().equals(Optional.of(timeline)))
          .toList();
    }

    TimelineMeta first() {
      return all.values().stream()
          .filter(meta -> meta.ancestor().isEmpty())
          .findFirst()
          .orElseThrow();
    }

    TimelineMeta add(TimelineMeta meta) {
      all.put(meta.id(), meta);
      return meta;
    }
  }

  /** A project beside those of other tests, so that initdb runs once for all. */
  Lab() {
    this(Path.of("target/postgres-lab").toAbsolutePath());
  }

  Lab(Path directory) {
    this(directory, CACHE, ServerUser::detect);
  }

  Lab(Path directory, Path cache, BiFunction<Path, Path, ServerUser> users) {
    this.users = users;
    this.directory = directory;
    this.options =
        new PostgresOptions(
            directory.resolve("storage"),
            cache,
            directory.resolve("admin-password"),
            Optional.empty());
    this.watch = new ServerWatch(options.dataDirectory().resolve("tenants/" + tenant));
    reopen();
  }

  /** As a new process would find things; servers go on. */
  void reopen() {
    data = PostgresTimelineData.open(options, timelines, users);
  }

  PostgresTimelineData data() {
    return data;
  }

  TimelineMeta root(int major) {
    var id = TimelineId.random();
    var start = data.bootstrap(tenant, id, major);
    return timelines.add(new TimelineMeta(tenant, id, major, Optional.empty(), start));
  }

  TimelineMeta branch(TimelineMeta parent, Lsn lsn) {
    return timelines.add(
        new TimelineMeta(
            tenant,
            TimelineId.random(),
            parent.pgVersion(),
            Optional.of(parent.id()),
            lsn.aligned()));
  }

  TimelineMeta branch(TimelineMeta parent) {
    return branch(parent, data.lastRecordLsn(parent));
  }

  Compute start(TimelineMeta timeline) {
    return start(timeline, freePort(), Map.of());
  }

  Compute start(TimelineMeta timeline, int port, Map<String, String> settings) {
    return data.computes().start(new ComputeRequest(tenant, timeline.id(), port, settings, false));
  }

  /** With changes that can be decoded from the WAL. */
  Compute startLogical(TimelineMeta timeline) {
    return data.computes()
        .start(new ComputeRequest(tenant, timeline.id(), freePort(), Map.of(), true));
  }

  void stop(TimelineMeta timeline) {
    data.computes().stop(tenant, timeline.id());
  }

  void delete(TimelineMeta timeline) {
    timelines.all.remove(timeline.id());
    data.delete(tenant, timeline.id());
  }

  BranchDirectory files(TimelineMeta timeline) throws IOException {
    var root = options.dataDirectory().toRealPath().resolve("tenants");
    return new BranchDirectories(root).of(tenant, timeline.id());
  }

  Connection connect(TimelineMeta timeline) throws SQLException {
    var compute = data.computes().running(tenant, timeline.id()).orElseThrow();
    return connect(compute.port());
  }

  Connection connect(int port) throws SQLException {
    var properties = new Properties();
    properties.put("user", Templates.ADMIN);
    properties.put("password", password());
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable", properties);
  }

  String password() {
    try {
      return Files.readString(options.adminPasswordFile()).strip();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs statements on the server of a timeline, each on its own, and returns the head after. */
  Lsn run(TimelineMeta timeline, String... statements) throws SQLException {
    try (var connection = connect(timeline);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
    return data.lastRecordLsn(timeline);
  }

  String ask(TimelineMeta timeline, String query) throws SQLException {
    try (var connection = connect(timeline);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What happens when the tests are killed. */
  void abandon() {
    watch.close();
  }

  @Override
  public void close() {
    data.deleteTenant(tenant);
    watch.close();
  }
}
