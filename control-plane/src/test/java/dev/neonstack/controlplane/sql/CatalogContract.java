package dev.neonstack.controlplane.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.EndpointDefaults;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.EndpointShape;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.Secret;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a catalog in a database does, whichever database that is. */
abstract class CatalogContract {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TERM = Duration.ofSeconds(30);

  private final List<AutoCloseable> open = new ArrayList<>();
  private Database database;

  /** An empty database. */
  abstract Database create() throws Exception;

  /** What {@link CatalogWriter} is told to find it. */
  abstract List<String> place();

  @BeforeEach
  void prepare() throws Exception {
    database = create();
    Schema.prepare(database);
  }

  @AfterEach
  void close() throws Exception {
    for (var one : open) {
      one.close();
    }
  }

  /** The catalog of a server that leads from now on, whoever led before. */
  private SqlCatalog catalog() throws SQLException {
    return catalog(database);
  }

  private SqlCatalog catalog(Database on) throws SQLException {
    var leadership = new Leadership(on, "test", TERM);
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate("update leader set until_ms = 0");
    }
    var catalog = new SqlCatalog(on, leadership, leadership.take().orElseThrow(), Optional.empty());
    open.add(catalog);
    return catalog;
  }

  private Content loaded() throws SQLException {
    return catalog().load();
  }

  /** Without leading. */
  private Content read() {
    try (var leadership = new Leadership(database, "reader", TERM)) {
      var reader = new SqlCatalog(database, leadership, 0, Optional.empty());
      open.add(reader);
      return reader.load();
    }
  }

  static Project project(String name) {
    return new Project(
        TenantId.random(),
        name,
        17,
        Duration.ofDays(7),
        Optional.of("here"),
        Optional.empty(),
        Optional.empty(),
        EndpointDefaults.USUAL,
        false,
        false,
        THEN,
        THEN);
  }

  static Branch branch(Project project, String name) {
    var secret = new Secret("app", "p'ä\u0000\"\\ss", "SCRAM-SHA-256$x", THEN);
    return new Branch(
        project.id(),
        TimelineId.random(),
        name,
        Branch.Origin.ROOT,
        false,
        Optional.of(THEN.plusSeconds(7)),
        BranchState.READY,
        Optional.empty(),
        Contents.UNSEEN.with(secret, Duration.ofDays(7)),
        Map.of("commit", "grüße\n\uD83D\uDE00"),
        THEN,
        THEN);
  }

  private static EndpointEntry endpoint(Branch branch) {
    return new EndpointEntry(
        "ep-" + branch.id(),
        branch.project(),
        branch.id(),
        "127.0.0.1",
        5432,
        EndpointShape.of(EndpointDefaults.USUAL),
        EndpointEntry.Desired.ACTIVE,
        3,
        THEN,
        THEN);
  }

  private static Operation operation(Branch branch, int number) {
    return new Operation(
        "operation-" + number,
        branch.project(),
        Optional.of(branch.id()),
        Optional.empty(),
        "create_branch",
        Operation.Status.FINISHED,
        Optional.of("none"),
        THEN.plusSeconds(number),
        THEN);
  }

  @Test
  void anEmptyOneHasNothing() throws SQLException {
    assertThat(loaded()).isEqualTo(Content.EMPTY);
  }

  @Test
  void everyChangeIsReadBackAsItWasStored() throws SQLException {
    var catalog = catalog();
    var content = catalog.load();
    var project = project("alpha");
    var branch = branch(project, "main");
    var changes =
        List.<UnaryOperator<Content>>of(
            c -> c.with(project),
            c -> c.with(branch).with(endpoint(branch)).with(operation(branch, 1)).numbered(4),
            c -> c.with(branch.holding(Contents.UNSEEN)),
            c -> c.with(branch(project, "other")).numbered(5),
            c -> c.without(endpoint(branch)),
            c -> c.without(branch).with(project("beta")),
            c -> c.without(project));
    for (var change : changes) {
      content = change.apply(content);
      catalog.store(content);
      content = content.settled();

      assertThat(read()).isEqualTo(content);
    }
    assertThat(content.projects()).hasSize(1);
  }

  @Test
  void changesOfManyThreadsAreAllKept() throws SQLException {
    var store = new Store(catalog());
    var project = project("alpha");
    store.update(content -> new Store.Change<>(content.with(project), null));
    var branches = IntStream.range(0, 100).mapToObj(i -> branch(project, "b" + i)).toList();

    CompletableFuture.allOf(
            branches.stream()
                .map(
                    one ->
                        CompletableFuture.runAsync(
                            () -> store.update(c -> new Store.Change<>(c.with(one), null))))
                .toArray(CompletableFuture<?>[]::new))
        .join();

    assertThat(loaded().branchesOf(project.id())).containsExactlyInAnyOrderElementsOf(branches);
  }

  @Test
  void onlyTheLastFiveHundredOperationsAreKept() throws SQLException {
    var store = new Store(catalog());
    var branch = branch(project("alpha"), "main");
    for (var i = 0; i < 510; i++) {
      var operation = operation(branch, i);
      store.update(content -> new Store.Change<>(content.with(operation), null));
    }

    assertThat(loaded().operations()).hasSize(500).doesNotContainKey("operation-9");
  }

  @Test
  void whoWasTakenForDeadWritesNothing() throws SQLException {
    var former = new Store(catalog());
    former.update(content -> new Store.Change<>(content.numbered(1), null));
    var next = new Store(catalog());
    next.update(content -> new Store.Change<>(content.numbered(2), null));

    assertThatThrownBy(
            () -> former.update(content -> new Store.Change<>(content.numbered(9), null)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("another control plane has taken over");

    assertThat(former.content().lastDatabaseId()).isEqualTo(1);
    assertThat(loaded().lastDatabaseId()).isEqualTo(2);
  }

  @Test
  void aWriteThatFailsIsUndoneByTheNextOne() throws SQLException {
    var faulty = new FaultyDatabase(database);
    var store = new Store(catalog(faulty));
    var project = project("alpha");
    var lost = branch(project, "lost");
    store.update(content -> new Store.Change<>(content.with(project).numbered(1), null));

    faulty.failAfterCommit();
    assertThatThrownBy(() -> store.update(c -> new Store.Change<>(c.with(lost).numbered(7), null)))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("cannot be written");
    assertThat(store.content().branches()).isEmpty();
    assertThat(read().branches()).hasSize(1);

    faulty.work();
    var kept = branch(project, "kept");
    store.update(content -> new Store.Change<>(content.with(kept), null));

    assertThat(loaded()).isEqualTo(store.content());
    assertThat(store.content().branches()).containsOnlyKeys(kept.key());
  }

  @Test
  void aConnectionThatHasEndedIsReplaced() throws SQLException {
    var faulty = new FaultyDatabase(database);
    var store = new Store(catalog(faulty));
    store.update(content -> new Store.Change<>(content.numbered(1), null));

    faulty.cut();
    store.update(content -> new Store.Change<>(content.numbered(2), null));

    assertThat(loaded().lastDatabaseId()).isEqualTo(2);
  }

  @Test
  void aCatalogOfALaterVersionIsRefused() throws SQLException {
    execute(
        "insert into schema_history (installed_rank, version, description, type, script,"
            + " installed_by, execution_time, success)"
            + " values (99, '99', 'later', 'SQL', 'V99', 'x', 1, true)");

    assertThatThrownBy(() -> Schema.prepare(database)).hasMessageContaining("schema 99");
  }

  @Test
  void aDamagedRowIsNotQuoted() throws SQLException {
    execute("insert into project (id, body) values ('x', '{\"password\":\"hunter2\",')");

    assertThatThrownBy(this::loaded)
        .hasMessageContaining("is damaged")
        .hasMessageNotContaining("hunter2");
  }

  private void execute(String sql) throws SQLException {
    try (var connection = database.connect();
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @RepeatedTest(3)
  void nothingAcknowledgedIsLostByKill9() throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                CatalogWriter.class.getName()));
    command.addAll(place());
    var writer = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var acknowledged = new ArrayList<String>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      var line = lines.readLine();
      while (line != null) {
        acknowledged.add(line);
        if (acknowledged.size() >= 100) {
          writer.toHandle().destroyForcibly();
        }
        line = lines.readLine();
      }
    }
    writer.waitFor();

    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(100);
    assertThat(loaded().branches().values().stream().map(Branch::name))
        .containsAll(acknowledged.subList(0, acknowledged.size() - 1));
  }
}
