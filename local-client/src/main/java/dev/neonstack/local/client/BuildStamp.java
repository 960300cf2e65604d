package dev.neonstack.local.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Names the build of the local process that stands beside the sources. */
public final class BuildStamp {

  private BuildStamp() {}

  /** The stamp; empty when the sources are unknown or nothing was built yet. */
  public static Optional<String> of(LocalPaths paths) {
    var file = paths.buildStampFile();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readString(file.get()).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new LocalProcessException(
          "Cannot read " + file.get() + "; run: ./neonstack up, which builds again.", e);
    }
  }
}
