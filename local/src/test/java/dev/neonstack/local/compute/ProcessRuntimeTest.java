package dev.neonstack.local.compute;

import static dev.neonstack.controlplane.port.AccountChange.dropDatabase;
import static dev.neonstack.controlplane.port.AccountChange.dropRole;
import static dev.neonstack.controlplane.port.AccountChange.putDatabase;
import static dev.neonstack.controlplane.port.AccountChange.putRole;
import static dev.neonstack.controlplane.port.AccountChange.renameDatabase;
import static dev.neonstack.controlplane.port.AccountChange.renameRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.controlplane.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessRuntimeTest {
  @TempDir private static Path folder;
  private static OneServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new OneServer(folder, 17);
  }

  @BeforeEach
  void empty() {
    server.start();
    var found = server.change();
    found.databases().forEach(database -> server.change(dropDatabase(database.name())));
    found.roles().forEach(role -> server.change(dropRole(role.name())));
    server.with("app").change(putDatabase("shop", "app"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private void refused(Problem.Kind kind, String reason, AccountChange change) {
    assertThatThrownBy(() -> server.change(change))
        .hasMessageContaining(reason)
        .asInstanceOf(type(Problem.class))
        .satisfies(problem -> assertThat(problem.kind()).isEqualTo(kind));
  }

  @Test
  void whatIsMadeIsThereAfterAStopAndAStart() throws SQLException {
    server.sql("shop", "app", "CREATE TABLE t (x int)");
    server.stop();
    server.stop();
    assertThat(server.isRunning()).isFalse();

    server.start();

    server.sql("shop", "app", "TABLE t");
    assertThat(server.change().databases()).containsExactly(new Inventory.Database("shop", "app"));
  }

  @Test
  void aSecondStartChangesNothing() throws SQLException {
    try (var connection = server.connect("shop", "app")) {
      server.start();
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  @Test
  void whatSqlDoesIsSeen() throws SQLException {
    server.sql(
        "postgres",
        "app",
        "CREATE ROLE \"by SQL\" LOGIN PASSWORD 'secret-secret'",
        "CREATE ROLE grp",
        "CREATE DATABASE other",
        "ALTER DATABASE shop RENAME TO store");

    var found = server.change();

    assertThat(found.roles())
        .extracting(Inventory.Role::name)
        .containsExactly("app", "by SQL", "grp");
    assertThat(found.roles()).extracting(Inventory.Role::login).containsExactly(true, true, false);
    assertThat(found.databases())
        .containsExactly(
            new Inventory.Database("store", "app"), new Inventory.Database("other", "app"));
  }

  @Test
  void aNewPasswordReplacesTheOld() throws SQLException {
    server.change(putRole("app", Scram.verifier("geheim-2")));

    server.connect("shop", "app", "geheim-2").close();
    assertThatThrownBy(() -> server.connect("shop", "app")).isInstanceOf(SQLException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"o'dd \"one\"", "ä ☃", "$$", "a\\b", "%s;--", "SELECT"})
  void strangeNamesAreQuoted(String name) throws SQLException {
    server.with(name);
    server.change(putDatabase(name, "app"), putDatabase(name, name));

    server.sql(name, name, "CREATE TABLE t (x int)");
    assertThat(server.change().databases()).contains(new Inventory.Database(name, name));

    server.change(dropDatabase(name), dropRole(name));
    assertThat(server.change().databases()).hasSize(1);
    assertThat(server.change().roles()).hasSize(1);
  }

  @Test
  void aNewNameKeepsPasswordAndData() throws SQLException {
    server.sql("shop", "app", "CREATE TABLE t (x int)");
    try (var connection = server.connect("shop", "app")) {
      server.change(renameRole("app", "new app"), renameDatabase("shop", "new shop"));
      assertThat(connection.isValid(5)).isFalse();
    }

    server.sql("new shop", "new app", "TABLE t");
    server.with("other");
    refused(Problem.Kind.CONFLICT, "already exists", renameRole("other", "new app"));
  }

  @Test
  void aDroppedRoleLeavesItsTablesToTheOwnersOfTheDatabases() throws SQLException {
    server.with("leaver", "other");
    server.change(putDatabase("second", "other"));
    server.sql("shop", "app", "GRANT CREATE ON SCHEMA public TO leaver");
    server.sql("second", "other", "GRANT CREATE ON SCHEMA public TO leaver");
    server.sql("shop", "leaver", "CREATE TABLE kept (x int)");
    server.sql("second", "leaver", "CREATE TABLE kept (x int)");

    server.change(dropRole("leaver"), dropRole("never-there"));

    server.sql("shop", "app", "DROP TABLE kept");
    server.sql("second", "other", "DROP TABLE kept");
    assertThatThrownBy(() -> server.connect("shop", "leaver")).isInstanceOf(SQLException.class);
  }

  @Test
  void aRoleThatCannotBeDroppedKeepsAllItHas() throws SQLException {
    server.with("leaver");
    server.sql("shop", "app", "GRANT CREATE ON SCHEMA public TO leaver");
    server.sql("shop", "leaver", "CREATE TABLE kept (x int)");
    server.sql("shop", "app", "CREATE DATABASE shut", "GRANT CONNECT ON DATABASE shut TO leaver");
    server.sql("shut", "app", "GRANT USAGE ON SCHEMA public TO leaver");
    server.sql("shop", "app", "ALTER DATABASE shut ALLOW_CONNECTIONS false");

    refused(Problem.Kind.CONFLICT, "'shut', which allows no connections", dropRole("leaver"));

    server.sql("shop", "leaver", "DROP TABLE kept");
  }

  @Test
  void aDatabaseThatIsATemplateIsDropped() throws SQLException {
    server.sql("postgres", "app", "ALTER DATABASE shop IS_TEMPLATE true");

    assertThat(server.change(dropDatabase("shop")).databases()).isEmpty();
  }

  @Test
  void aDatabaseThatPostgresKeepsIsRefusedWithItsReasonAndBlocksNothing() throws SQLException {
    server.sql(
        "shop",
        "app",
        "ALTER DATABASE shop IS_TEMPLATE true",
        "CREATE TABLE t (x int)",
        "BEGIN; INSERT INTO t VALUES (1); PREPARE TRANSACTION 'held'");

    refused(Problem.Kind.CONFLICT, "prepared transaction", dropDatabase("shop"));

    server.with("another");
    server.change(putDatabase("second", "another"));
    server.stop();
    server.start();
    server.sql("shop", "app", "ROLLBACK PREPARED 'held'", "CREATE DATABASE copy TEMPLATE shop");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "default_transaction_read_only = on",
        "role = app",
        "local_preload_libraries = 'not_there'",
        "search_path = nowhere",
        "statement_timeout = 1",
        "lock_timeout = 1",
        "transaction_timeout = 1",
        "idle_session_timeout = 1",
        "session_authorization = app"
      })
  void whatIsSetForADatabaseOrARoleDoesNotReachOurConnections(String setting) throws SQLException {
    server.with("leaver");
    server.sql("shop", "app", "GRANT CREATE ON SCHEMA public TO leaver");
    server.sql("shop", "leaver", "CREATE TABLE kept (x int)");
    server.sql("shop", "app", "ALTER DATABASE shop SET " + setting);

    server.change(dropRole("leaver"));
    server.with("another");

    assertThat(server.change().roles())
        .extracting(Inventory.Role::name)
        .containsExactly("app", "another");
  }

  @Test
  void noVerifierReachesTheLogOfTheServer() throws Exception {
    refused(Problem.Kind.NOT_FOUND, "nobody-of-that-name", putDatabase("b", "nobody-of-that-name"));
    refused(Problem.Kind.CONFLICT, "reserved", putRole("pg_mine", Scram.verifier("x")));

    try (var tree = Files.walk(folder)) {
      for (var log : tree.filter(file -> file.toString().endsWith("log")).toList()) {
        assertThat(log).content().doesNotContain("SCRAM-SHA-256$");
      }
    }
  }

  @Test
  void aLookNeedsARunningServer() {
    server.stop();

    refused(Problem.Kind.UNAVAILABLE, "is not running", putRole("x", Scram.verifier("x")));
  }
}
