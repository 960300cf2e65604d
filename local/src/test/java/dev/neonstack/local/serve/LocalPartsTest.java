package dev.neonstack.local.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.client.LocalServices;
import dev.neonstack.neon.TenantConfig;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.controlplane.EndpointCreate;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageException;
import dev.neonstack.neon.storage.StorageOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emulator, control plane and Postgres together, as the local process runs them. */
final class LocalPartsTest {

  private static final LocalPorts ANY = new LocalPorts(0, 0, 0);
  private static final Path CACHE = Path.of("target/postgres-cache").toAbsolutePath();

  private static final Pattern URI_PARTS = Pattern.compile("postgresql://([^:]+):([^@]+)@(.+)");

  @TempDir private Path folder;

  private final TenantId project = TenantId.random();
  private final TimelineId branch = TimelineId.random();
  private LocalPaths paths;

  @BeforeEach
  void setUp() {
    paths = new LocalPaths(folder.resolve("data"), CACHE, Optional.empty());
  }

  @Test
  void anEndpointIsThereAgainWithItsDataAfterAStopAndAStart() throws Exception {
    String uri;
    try (var server = LocalServer.start(paths, ANY, new LocalParts())) {
      makeBranch(server);
      uri = client().connectionUri(project, branch, "app", "app", false);
      try (var connection = connect(uri);
          var statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept AS SELECT 42 AS x");
      }
    }
    assertThat(folder.resolve("data/local.json")).doesNotExist();
    assertThat(isListening(uri)).isFalse();

    try (var server = LocalServer.start(paths, ANY, new LocalParts())) {
      assertThat(server.state().pid()).isPositive();
      try (var connection = connect(uri);
          var rows = connection.createStatement().executeQuery("TABLE kept")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
      assertThat(client().connectionUri(project, branch, "app", "app", false)).isEqualTo(uri);
    }
  }

  @Test
  void aServerThatIsKilledComesBackByItself() throws Exception {
    try (var server = LocalServer.start(paths, ANY, new LocalParts())) {
      makeBranch(server);
      var uri = client().connectionUri(project, branch, "app", "app", false);
      var killed = postmaster();
      killed.destroyForcibly();
      killed.onExit().get();

      while (!isListening(uri)) {
        Thread.sleep(50);
      }
      assertThat(postmaster().pid()).isNotEqualTo(killed.pid());
    }
  }

  @Test
  void whoHasTheirPortIsNamedAndTheyStartOnceItIsFree() throws Exception {
    String uri;
    try (var server = LocalServer.start(paths, ANY, new LocalParts())) {
      makeBranch(server);
      uri = client().connectionUri(project, branch, "app", "app", false);
    }
    var port = Integer.parseInt(uri.replaceFirst(".*:(\\d+)/app$", "$1"));
    var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    try (var server = LocalServer.start(paths, ANY, new LocalParts())) {
      assertThat(server.state().pid()).isPositive();
      assertThat(client().endpoints(project).get(0).failure())
          .hasValueSatisfying(
              reason ->
                  assertThat(reason)
                      .contains("port " + port, "pid " + ProcessHandle.current().pid()));
      taken.close();
      while (!isListening(uri)) {
        Thread.sleep(50);
      }
      assertThat(client().endpoints(project).get(0).failure()).isEmpty();
    } finally {
      taken.close();
    }
  }

  private ProcessHandle postmaster() throws IOException {
    try (var files = Files.walk(paths.dataDir().resolve("storage/tenants"))) {
      var file =
          files
              .filter(path -> path.getFileName().toString().equals("postmaster.pid"))
              .findFirst()
              .orElseThrow();
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0))).orElseThrow();
    }
  }

  private void makeBranch(LocalServer server) {
    var nobody = storage(server, Optional.empty());
    assertThatThrownBy(() -> nobody.deleteTenant(project))
        .isInstanceOfSatisfying(
            StorageException.class,
            refusal -> assertThat(refusal.kind()).isEqualTo(StorageException.Kind.UNAUTHORISED));
    var storage = storage(server, services().storageToken());
    storage.createTenant(project, new TenantConfig(Optional.of(Duration.ofDays(1))));
    storage.createTimeline(project, new TimelineCreate.Bootstrap(branch, 17));
    var client = client();
    client.registerProject(
        new ProjectRegistration(
            project, "demo", 17, Duration.ofDays(1), Optional.empty(), Optional.empty()));
    client.registerBranch(
        project,
        new BranchRegistration(
            branch,
            "main",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            true,
            Optional.empty()));
    client.putRole(project, branch, "app", Optional.empty());
    client.putDatabase(project, branch, "app", "app");
    client.createEndpoint(project, EndpointCreate.readWrite(branch));
    assertThat(client.projects()).hasSize(1);
    assertThat(client.databases(project, branch)).hasSize(1);
  }

  private static StorageClient storage(LocalServer server, Optional<String> token) {
    return new StorageClient(
        new StorageOptions(
            server.state().storageUrl(), Dialect.PAGESERVER, token, Optional.empty()));
  }

  /** Found as every other program finds it. */
  private LocalServices services() {
    return new LocalProcess(paths, Map.of()).find().orElseThrow();
  }

  private ControlPlaneClient client() {
    var services = services();
    return new ControlPlaneClient(
        new ControlPlaneOptions(
            services.controlPlaneUrl(), Optional.of(services.apiKey()), Optional.empty()));
  }

  private static Connection connect(String uri) throws SQLException {
    var parts = URI_PARTS.matcher(uri);
    assertThat(parts.matches()).isTrue();
    return DriverManager.getConnection(
        "jdbc:postgresql://" + parts.group(3), parts.group(1), parts.group(2));
  }

  private static boolean isListening(String uri) {
    try (var connection = connect(uri)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }
}
