package dev.neonstack.cli;

import dev.neonstack.local.client.LocalPaths;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The data folder and the cache: writable, with room, and closed to others. */
final class Folders {

  private static final long MIB = 1L << 20;
  private static final long TOO_LITTLE_MIB = 256;
  private static final long LITTLE_MIB = 2048;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final LocalPaths paths;

  Folders(LocalPaths paths) {
    this.paths = paths;
  }

  Stream<Check> checks() {
    return Stream.of(
        folder("data folder", paths.dataDir(), "NEONSTACK_DATA"),
        folder("cache folder", paths.cacheDir(), "NEONSTACK_CACHE"),
        secrets());
  }

  private static Check folder(String name, Path folder, String variable) {
    var existing = folder;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    var obstacle = obstacle(existing);
    return obstacle.isPresent()
        ? Check.problem(
            name,
            folder
                + " cannot be written ("
                + obstacle.get()
                + "); make it writable or set "
                + variable
                + " to another folder")
        : space(name, folder, existing);
  }

  private static Optional<String> obstacle(Path folder) {
    try {
      Files.delete(Files.createTempDirectory(folder, ".doctor-"));
      return Optional.empty();
    } catch (FileSystemException e) {
      return Optional.of(
          Optional.ofNullable(e.getReason())
              .orElseGet(() -> e.getClass().getSimpleName() + " of " + folder));
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static Check space(String name, Path folder, Path existing) {
    try {
      var free = Files.getFileStore(existing).getUsableSpace() / MIB;
      var finding = folder + ", " + free + " MiB free";
      if (free < TOO_LITTLE_MIB) {
        return Check.problem(
            name, finding + "; a branch needs about 60 MiB and room for its changes: free some");
      }
      return free < LITTLE_MIB
          ? Check.warning(name, finding + "; free some before branches grow")
          : Check.ok(name, finding);
    } catch (IOException e) {
      return Check.warning(name, "the free space of " + existing + " cannot be read");
    }
  }

  private Check secrets() {
    var open =
        Stream.of(
                paths.apiKeyFile(),
                paths.storageKeyFile(),
                paths.storageTokenFile(),
                paths.adminPasswordFile(),
                paths.stateFile(),
                paths.dataDir().resolve("catalog.db"),
                paths.dataDir().resolve("catalog.db-wal"),
                paths.dataDir().resolve("catalog.json.taken-over"),
                paths.dataDir().resolve("passphrase"))
            .filter(Folders::othersMayRead)
            .map(Path::toString)
            .toList();
    return open.isEmpty()
        ? Check.ok("secrets", "only their owner may read them")
        : Check.problem(
            "secrets", "others may read them; run: chmod 600 " + String.join(" ", open));
  }

  private static boolean othersMayRead(Path file) {
    try {
      return Files.exists(file)
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
