package dev.neonstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file that names every image by digest.
 *
 * @param images by name, in the order of the file
 */
record LockedImages(Map<String, ImageName> images) {

  private static final String HEADER =
      """
      # Every image by digest. ./neonstack lock-images [NAME ...] asks the registries what the tags mean now.
      # An entry without a digest is refused where it is needed.
      """;

  LockedImages {
    images = new LinkedHashMap<>(images);
  }

  static LockedImages read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          file + " does not exist; get it back with: git checkout images/lock.yaml");
    }
    JsonNode entries = new YAMLMapper().readTree(file.toFile()).path("images");
    var images = new LinkedHashMap<String, ImageName>();
    entries
        .properties()
        .forEach(entry -> images.put(entry.getKey(), ImageName.parse(entry.getValue().asText())));
    if (images.isEmpty()) {
      throw new IllegalArgumentException(file + " has no images; expected 'images:' with entries");
    }
    return new LockedImages(images);
  }

  /** Written beside and moved into place, so that nobody reads half of it. */
  void write(Path file, LocalDate date) throws IOException {
    var text = new StringBuilder(HEADER);
    text.append("locked: ").append(date).append("\nimages:\n");
    images.forEach(
        (name, image) -> text.append("  ").append(name).append(": ").append(image).append('\n'));
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
