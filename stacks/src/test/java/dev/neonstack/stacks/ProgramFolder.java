package dev.neonstack.stacks;

import dev.neonstack.components.aws.registry.NeonImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

  /** Notes programs of Neon as {@code ./neonstack build-neon} leaves them. */
  static void withArtifacts(Path folder) throws IOException {
    var lines = new ArrayList<>(List.of("revision " + "ab".repeat(20), "architecture amd64"));
    for (var image : NeonImage.values()) {
      lines.add("cd".repeat(32) + "  " + image.word() + "/bin/" + image.word());
    }
    var artifacts = Files.createDirectories(folder.resolve("images/artifacts"));
    Files.write(artifacts.resolve("manifest"), lines);
  }
}
