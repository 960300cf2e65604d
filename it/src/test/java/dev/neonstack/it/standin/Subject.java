package dev.neonstack.it.standin;

/**
 * Which resource of a program is meant.
 *
 * @param type token, such as {@code aws:ec2/vpc:Vpc}
 * @param name what the program calls it
 */
public record Subject(String urn, String type, String name) {
  /** A URN is stack, project, types and name; before its own type stand those of its parents. */
  static Subject of(String urn) {
    var parts = urn.split("::", 4);
    var types = parts[2];
    return new Subject(urn, types.substring(types.lastIndexOf('$') + 1), parts[3]);
  }
}
