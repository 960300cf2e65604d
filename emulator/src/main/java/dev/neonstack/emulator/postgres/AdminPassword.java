package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The file with the superuser's password, readable by its owner only. */
final class AdminPassword {
  private static final int RANDOM_BYTES = 30;

  private AdminPassword() {}

  /** Makes the file when it is not there. */
  static void ensure(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    var bytes = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(bytes);
    Files.createDirectories(file.toAbsolutePath().getParent());
    var temporary = Trees.temporary(file);
    Files.createFile(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        temporary,
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes) + "\n",
        StandardOpenOption.WRITE);
    Trees.force(temporary);
    Trees.publish(temporary, file);
  }
}
