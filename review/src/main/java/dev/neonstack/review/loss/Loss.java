package dev.neonstack.review.loss;

import static java.util.Objects.requireNonNull;

/**
 * Something that an update takes away for good.
 *
 * @param name whose loss it is, such as a branch
 * @param words what is lost
 */
public record Loss(String name, String words) {
  /** Keeps both. */
  public Loss {
    requireNonNull(name, "name is null");
    requireNonNull(words, "words is null");
  }

  /** As it is told to a person. */
  @Override
  public String toString() {
    return name + ": " + words;
  }
}
