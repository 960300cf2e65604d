package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The files of one timeline.
 *
 * <pre>
 *   template     for a root: the name of the template it starts from
 *   live/        what a server runs on; absent until the first start
 *   bases/LSN/   copies of the data directory, cleanly shut down at that LSN
 *   postgres.log
 * </pre>
 */
record BranchDirectory(Path root) {
  LiveDirectory live() {
    return new LiveDirectory(root.resolve("live"));
  }

  Path bases() {
    return root.resolve("bases");
  }

  Path log() {
    return root.resolve("postgres.log");
  }

  Path template() {
    return root.resolve("template");
  }

  boolean isMaterialised() {
    return Files.isDirectory(live().root());
  }

  Optional<String> templateName() throws IOException {
    return Files.exists(template())
        ? Optional.of(Files.readString(template()).strip())
        : Optional.empty();
  }

  Path base(Lsn lsn) {
    return bases().resolve(String.format(Locale.ROOT, "%016X", lsn.value()));
  }

  /** The bases taken of this timeline itself, oldest first. */
  List<Base> ownBases() {
    return Trees.list(bases()).stream()
        .filter(path -> !Trees.isTemporary(path))
        .map(
            path ->
                new Base(new Lsn(Long.parseUnsignedLong(path.getFileName().toString(), 16)), path))
        .toList();
  }

  /** The segment in this timeline's own archive. */
  Optional<Path> segment(long number) {
    return existing(live().wal(), number);
  }

  static Optional<Path> existing(Path wal, long number) {
    return Optional.of(wal.resolve(WalLayout.fileName(number))).filter(Files::exists);
  }
}
