package dev.neonstack.components.neon.kube;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A container image.
 *
 * @param text such as {@code registry.example/neon@sha256:…}
 */
public record ImageRef(String text) {
  /** How an image has to be written. */
  public static final String EXPECTED = "registry/name@sha256: and 64 hexadecimal digits";

  private static final Pattern FORM =
      Pattern.compile("[a-z0-9][A-Za-z0-9._:/-]*(@sha256:[0-9a-f]{64})?");
  private static final Pattern DIGEST = Pattern.compile(".+@sha256:[0-9a-f]{64}");

  public ImageRef {
    requireNonNull(text, "text is null");
    if (!isImage(text)) {
      throw new IllegalArgumentException(
          "'%s' is not an image; expected %s, or registry/name:tag".formatted(text, EXPECTED));
    }
  }

  /** Whether the text names an image at all. */
  public static boolean isImage(String text) {
    return FORM.matcher(text).matches();
  }

  /** Whether it always means the same content. */
  public boolean isPinned() {
    return DIGEST.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
