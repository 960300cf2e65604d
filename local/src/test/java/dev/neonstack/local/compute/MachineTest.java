package dev.neonstack.local.compute;

import static dev.neonstack.controlplane.port.AccountChange.putDatabase;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a role that the control plane makes can do on each major version, and what it cannot. */
final class MachineTest {

  /** Each of them reaches files, programs or the superuser, or makes somebody who may. */
  private static final List<String> DOORS =
      List.of(
          "GRANT pg_execute_server_program TO app",
          "GRANT pg_read_server_files TO app",
          "GRANT pg_write_server_files TO app",
          "GRANT pg_execute_server_program TO neon_superuser",
          "CREATE ROLE thief IN ROLE pg_execute_server_program",
          "CREATE ROLE thief2 LOGIN PASSWORD 'geheim-1' IN ROLE pg_read_server_files",
          "ALTER GROUP pg_write_server_files ADD USER app",
          "GRANT cloud_admin TO app",
          "CREATE ROLE thief3 IN ROLE cloud_admin",
          "CREATE ROLE thief4 SUPERUSER",
          "ALTER ROLE app SUPERUSER",
          "ALTER ROLE neon_superuser SUPERUSER",
          "ALTER ROLE cloud_admin PASSWORD 'x'",
          "ALTER ROLE pg_execute_server_program LOGIN PASSWORD 'x'",
          "SET ROLE pg_execute_server_program",
          "SET ROLE cloud_admin",
          "SET SESSION AUTHORIZATION cloud_admin",
          "COPY t FROM PROGRAM 'id'",
          "COPY t TO PROGRAM 'cat'",
          "COPY t FROM '/etc/passwd'",
          "COPY t TO '/tmp/neonstack-door'",
          "SELECT pg_read_file('/etc/passwd')",
          "SELECT pg_read_binary_file('/etc/passwd')",
          "SELECT pg_ls_dir('/')",
          "SELECT pg_stat_file('/etc/passwd')",
          "SELECT lo_import('/etc/passwd')",
          "SELECT lo_export(1, '/tmp/neonstack-door')",
          "ALTER SYSTEM SET archive_command = 'id'",
          "SELECT pg_reload_conf()",
          "LOAD '/tmp/door.so'",
          "ALTER DATABASE shop SET session_preload_libraries = 'file_fdw'",
          "SET session_preload_libraries = 'file_fdw'",
          "SET dynamic_library_path = '/tmp'",
          "CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/tmp/door', 'door'",
          "CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'pg_read_file_all'",
          "CREATE EXTENSION file_fdw",
          "CREATE EXTENSION adminpack",
          "CREATE EXTENSION pageinspect",
          "CREATE EXTENSION pg_surgery",
          "CREATE EXTENSION plperlu",
          "CREATE EXTENSION plpython3u",
          "CREATE EXTENSION pltclu",
          "CREATE LANGUAGE plpython3u",
          "UPDATE pg_authid SET rolsuper = true WHERE rolname = 'app'",
          "INSERT INTO pg_auth_members SELECT oid, oid, oid, true FROM pg_authid",
          "UPDATE pg_language SET lanpltrusted = true",
          "UPDATE pg_proc SET proacl = NULL WHERE proname = 'pg_read_file'",
          "GRANT EXECUTE ON FUNCTION pg_read_file(text) TO app",
          "ALTER FUNCTION pg_read_file(text) SECURITY DEFINER",
          "CREATE TABLESPACE door LOCATION '/tmp'",
          "CREATE EVENT TRIGGER door ON ddl_command_end EXECUTE FUNCTION suppress_redundant_updates_trigger()",
          "SELECT dblink_connect_u('door', 'host=127.0.0.1 user=cloud_admin dbname=postgres')",
          "SELECT dblink_connect('door', 'host=127.0.0.1 port=PORT user=cloud_admin dbname=postgres')",
          "SELECT dblink_connect('door', 'user=cloud_admin dbname=postgres')",
          "SELECT dblink_connect('door', 'host=127.0.0.1 port=PORT user=cloud_admin dbname=postgres"
              + " passfile=ADMINFILE')",
          "SELECT * FROM looped");

  private static final String ON_THE_WAY = "CREATE TABLE IF NOT EXISTS t (line text)";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17})
  void noRoleReachesTheMachine(int major) throws IOException, SQLException {
    try (var server = new OneServer(folder, major).with("app", "second")) {
      server.change(putDatabase("shop", "app"));
      server.sql(
          "shop",
          "app",
          ON_THE_WAY,
          "CREATE EXTENSION dblink",
          "CREATE EXTENSION postgres_fdw",
          "CREATE SERVER self FOREIGN DATA WRAPPER postgres_fdw"
              + " OPTIONS (host '127.0.0.1', port '"
              + server.port()
              + "', dbname 'postgres')",
          "CREATE USER MAPPING FOR app SERVER self OPTIONS (user 'cloud_admin')",
          "CREATE FOREIGN TABLE looped (rolname name) SERVER self"
              + " OPTIONS (schema_name 'pg_catalog', table_name 'pg_authid')",
          "CREATE ROLE helper LOGIN CREATEROLE CREATEDB PASSWORD 'geheim-1'");
      var open = new ArrayList<String>();
      for (var role : List.of("app", "helper")) {
        for (var door : DOORS) {
          if (opens(server, "shop", role, door)) {
            open.add(role + ": " + door);
          }
        }
      }
      assertThat(open).isEmpty();
      assertThat(Path.of("/tmp/neonstack-door")).doesNotExist();
    }
  }

  private static boolean opens(OneServer server, String database, String role, String door) {
    try {
      server.sql(
          database,
          role,
          door.replace("PORT", Integer.toString(server.port()))
              .replace("ADMINFILE", server.adminPassword().toString()));
      return true;
    } catch (SQLException refused) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15})
  void aGrantOfFormerTimesIsTakenBack(int major) throws IOException, SQLException {
    try (var server = new OneServer(folder, major).with("app")) {
      var admin = Files.readString(server.adminPassword()).strip();
      try (var connection = server.connect("postgres", "cloud_admin", admin);
          var statement = connection.createStatement()) {
        statement.execute("UPDATE pg_authid SET rolsuper = false WHERE rolname LIKE 'pg\\_%'");
        statement.execute("GRANT pg_execute_server_program TO app");
      }
      server.stop();
      server.start();

      var door = "COPY (SELECT 1) TO PROGRAM 'cat'";
      assertThat(opens(server, "postgres", "app", door)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16, 17})
  void allRolesMayDoWhatAnOwnerMay(int major) throws IOException, SQLException {
    try (var server = new OneServer(folder, major).with("app", "second")) {
      server.change(putDatabase("shop", "app"));
      server.sql("shop", "app", "CREATE TABLE t AS SELECT 'x' AS line");

      server.sql(
          "shop",
          "second",
          "CREATE EXTENSION pgcrypto",
          "CREATE EXTENSION pg_stat_statements",
          "SELECT count(*) FROM pg_stat_statements",
          "CREATE SCHEMA mine",
          "CREATE TABLE mine.u (x int)",
          "SELECT line FROM t",
          "INSERT INTO t VALUES ('y')",
          "CREATE ROLE more LOGIN PASSWORD 'geheim-1'",
          "CREATE DATABASE more",
          "GRANT pg_monitor TO more",
          "SELECT pg_create_physical_replication_slot('s')");
    }
  }
}
