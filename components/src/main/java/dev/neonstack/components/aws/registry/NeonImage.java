package dev.neonstack.components.aws.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What has a repository of its own in the registry. */
public enum NeonImage {
  PAGESERVER("pageserver", Optional.of("neon")),
  SAFEKEEPER("safekeeper", Optional.of("neon")),
  PROXY("proxy", Optional.of("neon")),
  STORAGE_BROKER("storage-broker", Optional.of("neon")),
  STORAGE_CONTROLLER("storage-controller", Optional.of("neon")),
  COMPUTE("compute", Optional.of("compute-v17")),
  CONTROL_PLANE("control-plane", Optional.empty());

  private final String word;
  private final Optional<String> published;

  NeonImage(String word, Optional<String> published) {
    this.word = word;
    this.published = published;
  }

  /** Names its repository, its folder in {@code images} and, of Neon's, its folder of artifacts. */
  public String word() {
    return word;
  }

  /** The entry of the lock file for the image that Neon publishes; absent: it is not Neon's. */
  Optional<String> published() {
    return published;
  }

  /** Those that are made of Neon's programs. */
  static List<NeonImage> ofNeon() {
    return Arrays.stream(values()).filter(image -> image.published().isPresent()).toList();
  }
}
