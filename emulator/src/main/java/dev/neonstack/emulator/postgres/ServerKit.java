package dev.neonstack.emulator.postgres;

import java.io.IOException;

/**
 * What it takes to start servers.
 *
 * @param binaries their programs
 * @param user whom they run as
 * @param certificate what they show to clients that want TLS
 */
record ServerKit(PostgresBinaries binaries, ServerUser user, ServerCertificate certificate) {

  /** The server on a data directory that is there. */
  PostgresServer server(BranchDirectory files, int major) throws IOException {
    certificate.putInto(files.live().data(), user);
    return new PostgresServer(files, binaries.home(major), user);
  }
}
