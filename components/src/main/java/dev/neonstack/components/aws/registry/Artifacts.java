package dev.neonstack.components.aws.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Neon's programs, built beforehand by {@code ./neonstack build-neon}.
 *
 * @param folder with one folder per image. Pulumi compares its path as it is written, so a relative
 *     one, the same on every machine, keeps a preview quiet
 * @param revision of Neon, 40 hexadecimal digits
 * @param architecture they run on
 * @param files checksum and path of every file of an image
 */
public record Artifacts(
    Path folder, String revision, String architecture, Map<NeonImage, List<String>> files) {
  private static final String MANIFEST = "manifest";

  public Artifacts {
    files = Map.copyOf(files);
    if (!revision.matches("[0-9a-f]{40}")) {
      throw new IllegalArgumentException(
          "the artifacts in %s are of revision '%s'; expected 40 hexadecimal digits. %s"
              .formatted(folder, revision, build()));
    }
    for (var image : NeonImage.ofNeon()) {
      if (files.getOrDefault(image, List.of()).isEmpty()) {
        throw new IllegalArgumentException(
            "the artifacts in %s hold nothing for %s. %s".formatted(folder, image.word(), build()));
      }
    }
  }

  /**
   * Reads what the build says it left.
   *
   * @throws IllegalArgumentException when there is nothing, or not all of it
   */
  public static Artifacts read(Path folder) {
    var manifest = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new IllegalArgumentException(
          "there are no artifacts in %s: %s is missing. %s".formatted(folder, MANIFEST, build()));
    }
    try {
      return parse(folder, Files.readAllLines(manifest));
    } catch (IOException e) {
      throw new UncheckedIOException(manifest + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Artifacts parse(Path folder, List<String> lines) {
    var files = new EnumMap<NeonImage, List<String>>(NeonImage.class);
    for (var image : NeonImage.ofNeon()) {
      files.put(
          image, lines.stream().filter(line -> line.contains("  " + image.word() + "/")).toList());
    }
    return new Artifacts(folder, word(lines, "revision"), word(lines, "architecture"), files);
  }

  private static String word(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + " "))
        .flatMap(line -> Stream.of(line.substring(key.length() + 1)))
        .findFirst()
        .orElse("");
  }

  private static String build() {
    return "Run: ./neonstack build-neon";
  }
}
