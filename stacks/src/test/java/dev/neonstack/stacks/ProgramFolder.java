package dev.neonstack.stacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of the program: what images are made of, and jars that nothing is in. */
final class ProgramFolder {
  private static final Path REPOSITORY = Path.of("..");

  private ProgramFolder() {}

  static Path in(Path folder) throws IOException {
    try (var paths = Files.walk(REPOSITORY.resolve("images"))) {
      for (var path : paths.toList()) {
        Files.copy(path, folder.resolve(REPOSITORY.relativize(path)));
      }
    }
    var jars = folder.resolve("control-plane/target/image");
    Files.createDirectories(jars.resolve("lib"));
    Files.createDirectories(jars.resolve("app"));
    Files.createFile(jars.resolve("app/control-plane.jar"));
    return folder;
  }
}
