package dev.neonstack.stacks.config.neon;

import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.stacks.config.reading.Section;
import java.util.List;
import java.util.Optional;

/** Reads the images of pods. */
public final class ImageReader {
  public static final List<String> KEYS =
      List.of("neon", "controlPlane", "valkey", "postgres", "pullSecrets");

  private static final ImageRef NONE = new ImageRef("none");

  private final boolean production;
  private final Section section;
  private final ImageRef neon;
  private final Optional<ImageRef> controlPlane;
  private final Optional<ImageRef> valkey;
  private final Optional<ImageRef> postgres;
  private final List<String> pullSecrets;

  private ImageReader(boolean production, Section section, boolean madeByStack) {
    this.production = production;
    this.section = section;
    this.neon = madeByStack ? NONE : image("neon").orElseGet(() -> missing("neon"));
    this.controlPlane = madeByStack ? Optional.of(NONE) : image("controlPlane");
    this.valkey = image("valkey");
    this.postgres = image("postgres");
    this.pullSecrets = section.textList("pullSecrets");
  }

  /** Reads all images. */
  public static ImageReader all(boolean production, Section section) {
    return new ImageReader(production, section, false);
  }

  /** Reads those which are neither Neon's nor the control plane's; these the stack makes. */
  public static ImageReader others(boolean production, Section section) {
    return new ImageReader(production, section, true);
  }

  /** The image of Neon's own servers. */
  ImageRef neon() {
    return neon;
  }

  /** The image of the control plane, which has to be named where there is one. */
  ImageRef controlPlane() {
    return controlPlane.orElseGet(() -> missing("controlPlane"));
  }

  /** The image of the proxy's Valkey, which has to be named where there is a proxy. */
  ImageRef valkey() {
    return valkey.orElseGet(() -> missing("valkey"));
  }

  /** The Postgres of the storage controller; absent: its operator chooses. */
  Optional<ImageRef> postgres() {
    return postgres;
  }

  List<String> pullSecrets() {
    return pullSecrets;
  }

  private ImageRef missing(String key) {
    section.problems().missing(section.path(key), "an image, " + ImageRef.EXPECTED, "Add it.");
    return NONE;
  }

  private Optional<ImageRef> image(String key) {
    var text = section.text(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!ImageRef.isImage(text.get())) {
      section
          .problems()
          .wrong(section.path(key), text.get(), ImageRef.EXPECTED, "Write it as docker pull does.");
      return Optional.of(NONE);
    }
    var image = new ImageRef(text.get());
    if (production && !image.isPinned()) {
      section
          .problems()
          .wrong(
              section.path(key),
              image,
              ImageRef.EXPECTED,
              "A tag may mean another image tomorrow; production wants the digest.");
    }
    return Optional.of(image);
  }
}
