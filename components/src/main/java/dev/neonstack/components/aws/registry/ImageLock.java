package dev.neonstack.components.aws.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.neonstack.components.neon.kube.ImageRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The file that names images by digest.
 *
 * @param file named in messages
 * @param images by entry; one that was never locked has no digest
 */
public record ImageLock(Path file, Map<String, ImageRef> images) {
  public ImageLock {
    images = Map.copyOf(images);
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when it is missing or an entry is no image
   */
  public static ImageLock read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "%s is missing; get it back with: git checkout %s".formatted(file, file));
    }
    var images = new LinkedHashMap<String, ImageRef>();
    try {
      JsonNode entries = new YAMLMapper().readTree(file.toFile()).path("images");
      entries
          .properties()
          .forEach(entry -> images.put(entry.getKey(), new ImageRef(entry.getValue().asText())));
    } catch (IOException e) {
      throw new UncheckedIOException(file + " is no YAML: " + e.getMessage(), e);
    }
    return new ImageLock(file, images);
  }

  /**
   * The image of an entry.
   *
   * @throws IllegalArgumentException when there is none or it has no digest
   */
  public ImageRef pinned(String entry) {
    var image =
        Optional.ofNullable(images.get(entry))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s has no entry '%s'; get it back with: git checkout %s"
                            .formatted(file, entry, file)));
    if (!image.isPinned()) {
      throw new IllegalArgumentException(
          "'%s' in %s is '%s'; expected %s. Run: ./neonstack lock-images %s"
              .formatted(entry, file, image, ImageRef.EXPECTED, entry));
    }
    return image;
  }
}
