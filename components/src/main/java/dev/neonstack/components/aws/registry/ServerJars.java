package dev.neonstack.components.aws.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The jars of the control plane's server, which every build of neonstack leaves.
 *
 * @param folder with {@code app} and {@code lib}. Pulumi compares its path as it is written, so a
 *     relative one, the same on every machine, keeps a preview quiet
 * @param contents one text per jar, which changes with what is in it
 */
public record ServerJars(Path folder, List<String> contents) {
  private static final String OURS = "app";
  private static final String OF_OTHERS = "lib";
  private static final String SERVER = "control-plane.jar";

  public ServerJars {
    contents = List.copyOf(contents);
  }

  /**
   * Reads our own jars, and only the names of those of others, which say their version.
   *
   * @throws IllegalArgumentException when they have not been built
   */
  public static ServerJars read(Path folder) {
    require(folder, OURS + "/" + SERVER, Files.isRegularFile(folder.resolve(OURS).resolve(SERVER)));
    require(folder, OF_OTHERS, Files.isDirectory(folder.resolve(OF_OTHERS)));
    var contents = new ArrayList<String>();
    try {
      for (var jar : jars(folder.resolve(OURS))) {
        contents.add(jar.getFileName() + " " + ContentTag.checksum(Files.readAllBytes(jar)));
      }
      jars(folder.resolve(OF_OTHERS)).forEach(jar -> contents.add(jar.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be read: " + e.getMessage(), e);
    }
    return new ServerJars(folder, contents);
  }

  private static void require(Path folder, String what, boolean isThere) {
    if (!isThere) {
      throw new IllegalArgumentException(
          "the jars of the control plane are not in %s: %s is missing. Run: libexec/build"
              .formatted(folder, what));
    }
  }

  private static List<Path> jars(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
