package dev.neonstack.components.neon.keys;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which signing keys there are. A rotation adds a name to {@code accepted}, then signs with it,
 * then takes the old name away, with an update of the stack after each step.
 *
 * @param accepted names of keys whose tokens storage accepts, such as {@code 2026-11}: 1 to 40
 *     lower case letters, digits and dashes; a key is drawn when its name appears and lost when it
 *     goes
 * @param signing the one of them that signs
 */
public record StorageKeysSpec(List<String> accepted, String signing) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?");

  /** Checks that the signing key is accepted, too. */
  public StorageKeysSpec {
    accepted = List.copyOf(accepted);
    requireNonNull(signing, "signing is null");
    for (var name : accepted) {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "signing key '"
                + name
                + "' has no name for a key; expected 1 to 40 lower case letters, digits and dashes,"
                + " such as 2026-11");
      }
    }
    if (new HashSet<>(accepted).size() < accepted.size()) {
      throw new IllegalArgumentException(
          "accepted signing keys are " + accepted + "; expected each name once");
    }
    if (!accepted.contains(signing)) {
      throw new IllegalArgumentException(
          "signing key is '"
              + signing
              + "', whose tokens storage would refuse; expected one of the accepted keys "
              + accepted);
    }
  }

  /** One key, which signs and is accepted. */
  public static StorageKeysSpec of(String name) {
    return new StorageKeysSpec(List.of(name), name);
  }
}
