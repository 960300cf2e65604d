package dev.neonstack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A shell script in place of a program. */
public final class FakeProgram {

  private FakeProgram() {}

  /** Writes it. */
  public static void write(Path file, String command) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + command + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }
}
