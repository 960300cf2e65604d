package dev.neonstack.emulator.postgres;

import java.nio.file.Path;

/**
 * The unpacked programs of one PostgreSQL version.
 *
 * @param version the full version, such as 17.11.0
 */
record PostgresHome(String version, Path directory) {
  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }

  /** Where the extensions' control files and scripts are. */
  Path extensions() {
    return directory.resolve("share/postgresql/extension");
  }
}
