package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** No space is left for the data; nothing half-made stays. */
public final class DiskFull extends RuntimeException {
  private static final String NO_SPACE = "No space left on device";
  private static final long MIB = 1 << 20;

  private DiskFull(String message, Throwable cause) {
    super(message, cause);
  }

  static boolean isMeantBy(String message) {
    return message != null && message.contains(NO_SPACE);
  }

  static DiskFull whileDoing(String what, Path directory, Throwable cause) {
    return new DiskFull(
        "the disk is full: cannot "
            + what
            + " in "
            + directory
            + free(directory)
            + "; free some space or delete branches, then try again",
        cause);
  }

  private static String free(Path directory) {
    try {
      return ", where " + Files.getFileStore(directory).getUsableSpace() / MIB + " MiB are free";
    } catch (IOException e) {
      return "";
    }
  }
}
