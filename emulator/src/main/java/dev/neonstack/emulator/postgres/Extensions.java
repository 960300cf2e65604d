package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/**
 * Extensions that any owner of a database may have. PostgreSQL lets only a superuser create those
 * that do not call themselves trusted; these are safe with others, as their functions ask for the
 * rights of whoever calls them and a connection out of the server needs a password.
 */
final class Extensions {
  private static final List<String> SAFE =
      List.of(
          "autoinc",
          "bloom",
          "dblink",
          "dict_xsyn",
          "earthdistance",
          "insert_username",
          "intagg",
          "moddatetime",
          "pg_buffercache",
          "pg_freespacemap",
          "pg_prewarm",
          "pg_stat_statements",
          "pg_visibility",
          "pgrowlocks",
          "pgstattuple",
          "postgres_fdw",
          "refint",
          "sslinfo",
          "xml2");

  private static final String TRUSTED = "trusted = true";

  /** By script: who creates a wrapper for foreign data may use it; its servers want passwords. */
  private static final Map<String, String> GRANTS =
      Map.of(
          "postgres_fdw--1.0.sql", "GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO PUBLIC;",
          "dblink--1.2.sql", "GRANT USAGE ON FOREIGN DATA WRAPPER dblink_fdw TO PUBLIC;");

  private Extensions() {}

  /** Lets them call themselves trusted in these programs. */
  static void trust(PostgresHome home) throws IOException {
    for (var name : SAFE) {
      append(home.extensions().resolve(name + ".control"), TRUSTED);
    }
    for (var script : GRANTS.entrySet()) {
      append(home.extensions().resolve(script.getKey()), script.getValue());
    }
  }

  /** Other processes may use the file, or do the same, meanwhile. */
  private static void append(Path file, String line) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    var text = Files.readString(file);
    if (text.lines().noneMatch(line::equals)) {
      var fresh = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".new");
      Files.writeString(fresh, text.stripTrailing() + "\n" + line + "\n");
      Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }
}
