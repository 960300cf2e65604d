package dev.neonstack.local.client;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.neonstack.neon.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The data folder, which holds rows, logs and keys and is nobody's business but its owner's. */
public final class DataFolder {
  /** How the names of everything begin that neonstack keeps there. */
  private static final List<String> OURS =
      List.of(
          "admin-password",
          "api-key",
          "catalog.",
          "config.",
          "init.",
          "local.",
          "passphrase",
          "preview.",
          "pulumi",
          "room.",
          "serving.lock",
          "storage");

  private DataFolder() {}

  /**
   * Makes the folder, or shuts the one that is there to everybody but its owner.
   *
   * @throws LocalProcessException when others may enter it and it is not ours alone to shut
   */
  public static void prepare(Path folder) throws IOException {
    OwnerOnly.createDirectories(folder);
    if (!isOpen(folder)) {
      return;
    }
    var foreign = foreign(folder);
    if (!foreign.isEmpty()) {
      throw refused(folder, "and holds what is not neonstack's (" + foreign.get(0) + ")");
    }
    try {
      Files.setPosixFilePermissions(folder, EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE));
    } catch (IOException e) {
      throw refused(folder, "and belongs to " + Files.getOwner(folder));
    }
  }

  private static boolean isOpen(Path folder) throws IOException {
    try {
      return !Set.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE)
          .containsAll(Files.getPosixFilePermissions(folder));
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }

  private static List<String> foreign(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> OURS.stream().noneMatch(name::startsWith))
          .sorted()
          .toList();
    }
  }

  private static LocalProcessException refused(Path folder, String why) {
    return new LocalProcessException(
        "The data folder "
            + folder
            + " is open to other users "
            + why
            + "; shut it with: chmod 700 '"
            + folder
            + "', or set NEONSTACK_DATA to a folder of its own.");
  }
}
