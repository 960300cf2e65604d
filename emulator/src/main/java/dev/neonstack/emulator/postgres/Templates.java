package dev.neonstack.emulator.postgres;

import dev.neonstack.emulator.BootstrapFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Runs initdb, once for each PostgreSQL version. */
final class Templates {
  /** The superuser of every server. */
  static final String ADMIN = "cloud_admin";

  private static final String HBA = "host all all 127.0.0.1/32 scram-sha-256\n";

  private final Path directory;
  private final PostgresBinaries binaries;
  private final ServerUser user;
  private final Path adminPasswordFile;

  Templates(Path directory, PostgresBinaries binaries, ServerUser user, Path adminPasswordFile) {
    this.directory = directory;
    this.binaries = binaries;
    this.user = user;
    this.adminPasswordFile = adminPasswordFile;
  }

  Template named(String name) throws IOException {
    return Template.read(directory.resolve(name));
  }

  /** The template of a major version, made when it is not there. */
  synchronized Template ofMajor(int major) throws IOException {
    var home = binaries.home(major);
    var finished = directory.resolve(home.version());
    if (!Files.isDirectory(finished)) {
      make(home, finished);
    }
    return Template.read(finished);
  }

  private void make(PostgresHome home, Path finished) throws IOException {
    Files.createDirectories(directory);
    var temporary = Trees.temporary(finished);
    try {
      Files.createDirectories(temporary);
      initdb(home, temporary);
      separateWal(temporary);
      Files.writeString(Template.data(temporary).resolve("pg_hba.conf"), HBA);
      user.own(temporary);
      Trees.sync(temporary);
      Trees.publish(temporary, finished);
    } finally {
      Trees.delete(temporary);
    }
  }

  private void initdb(PostgresHome home, Path temporary) throws IOException {
    var password = temporary.resolve("password");
    Files.copy(adminPasswordFile, password);
    user.own(temporary);
    var result = initdb(home, temporary, password, "C.UTF-8");
    if (!result.succeeded() && result.output().contains("invalid locale name")) {
      Trees.delete(Template.data(temporary));
      result = initdb(home, temporary, password, "C");
    }
    Files.delete(password);
    if (DiskFull.isMeantBy(result.output())) {
      throw DiskFull.whileDoing("make a new project", directory, new IOException(result.output()));
    }
    if (!result.succeeded()) {
      throw new BootstrapFailed(
          "initdb of PostgreSQL " + home.version() + " failed: " + result.output());
    }
  }

  private Commands.Result initdb(PostgresHome home, Path temporary, Path password, String locale) {
    return Commands.run(
        user.command(
            temporary,
            home,
            List.of(
                home.program("initdb"),
                "--pgdata=" + Template.data(temporary),
                "--username=" + ADMIN,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=" + locale,
                "--wal-segsize=" + WalLayout.SEGMENT_BYTES / (1 << 20),
                "--data-checksums",
                "--no-sync")));
  }

  /** Keeps of the WAL the segments from the last checkpoint on, empty behind it. */
  private static void separateWal(Path temporary) throws IOException {
    var data = Template.data(temporary);
    var made = data.resolve("pg_wal");
    WalSource source = number -> Optional.of(made.resolve(WalLayout.fileName(number)));
    var cut = WalCut.at(ControlFile.read(data).redo(), source, Optional.empty());
    Files.createDirectory(Template.wal(temporary));
    cut.takeOver(source, Template.wal(temporary));
    Template.writeEnd(temporary, cut.end());
    Trees.delete(made);
  }
}
