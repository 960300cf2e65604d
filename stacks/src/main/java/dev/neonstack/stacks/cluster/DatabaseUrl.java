package dev.neonstack.stacks.cluster;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URL of the storage controller's Postgres; nothing of it but its {@code sslmode} is ever
 * shown.
 */
record DatabaseUrl(String text) {
  private static final Pattern MODE = Pattern.compile("[?&]sslmode=([^&\\s]*)");
  private static final String KNOWN = "disable|prefer|require";

  /**
   * What the storage controller does not take of it.
   *
   * @param verified whether the server's certificate is to be verified
   */
  Optional<String> problem(boolean verified) {
    if (!text.matches("(?s)postgres(ql)?://.*")) {
      return Optional.of("has no URL; expected postgresql://user:password@host/database");
    }
    var matcher = MODE.matcher(text);
    var mode = matcher.find() ? matcher.group(1) : "";
    if (verified && !mode.equals("require")) {
      return Optional.of(
          "has a URL with %s; expected sslmode=require, as storage.controller.database.ca is given. The certificate is then verified, the host name with it"
              .formatted(mode.isEmpty() ? "no sslmode" : "sslmode=" + mode));
    }
    return mode.isEmpty() || mode.matches(KNOWN)
        ? Optional.empty()
        : Optional.of(
            "has a URL with sslmode=%s; expected sslmode=require, which is all the storage controller knows. To verify the server give storage.controller.database.ca"
                .formatted(mode));
  }
}
