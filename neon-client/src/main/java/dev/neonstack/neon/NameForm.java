package dev.neonstack.neon;

import java.util.Optional;
import java.util.regex.Pattern;

/** What people may call projects and branches: the same at every door. */
public final class NameForm {
  /** What is allowed, for messages. */
  public static final String EXPECTED =
      "1 to 256 characters, no control characters or marks of direction, and no space at its beginning or end";

  /** Unicode's Bidi_Control: they would make a list of losses, say, read otherwise than it is. */
  private static final String DIRECTION = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069";

  /** The names that are allowed. */
  public static final Pattern PATTERN =
      Pattern.compile(
          "(?!\\s)[^\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}" + DIRECTION + "]{1,256}(?<!\\s)",
          Pattern.UNICODE_CHARACTER_CLASS);

  private static final int SHOWN = 60;

  private NameForm() {}

  /** Whether the text can be such a name. */
  public static boolean matches(String name) {
    return PATTERN.matcher(name).matches();
  }

  /** Why the text, which is called that in messages, cannot be such a name; empty when it can. */
  public static Optional<String> problem(String what, String name) {
    return matches(name)
        ? Optional.empty()
        : Optional.of("%s is '%s'; expected %s".formatted(what, shown(name), EXPECTED));
  }

  /** The text as a message can hold it. */
  public static String shown(String text) {
    var printable = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029" + DIRECTION + "]", "?");
    return printable.codePointCount(0, printable.length()) <= SHOWN
        ? printable
        : printable.substring(0, printable.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
