package dev.neonstack.emulator.postgres;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where things are.
 *
 * @param dataDirectory the data of all timelines
 * @param cacheDirectory where PostgreSQL is unpacked; may be shared between processes
 * @param adminPasswordFile the superuser's password; made when it is not there
 * @param binariesDirectory holds a folder with a jar of programs per major version; found near the
 *     program's own code when empty
 */
public record PostgresOptions(
    Path dataDirectory,
    Path cacheDirectory,
    Path adminPasswordFile,
    Optional<Path> binariesDirectory) {

  public PostgresOptions {
    requireNonNull(dataDirectory, "dataDirectory is null");
    requireNonNull(cacheDirectory, "cacheDirectory is null");
    requireNonNull(adminPasswordFile, "adminPasswordFile is null");
    requireNonNull(binariesDirectory, "binariesDirectory is null");
  }
}
