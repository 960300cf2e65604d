package dev.neonstack.provider.fake;

import java.util.regex.Pattern;

/**
 * What a fake server does wrong, once, with the next request that fits.
 *
 * @param request matches method and path, such as {@code POST .*timeline}
 * @param kind what goes wrong
 * @param number the status to answer, or the milliseconds to wait
 */
public record Fault(Pattern request, Kind kind, int number) {

  /** What can go wrong. */
  public enum Kind {
    /** Answers a status and does nothing. */
    STATUS,
    /** Closes the connection and does nothing. */
    CUT_BEFORE,
    /** Does it and closes the connection. */
    CUT_AFTER,
    /** Does it and answers no JSON. */
    GARBAGE,
    /** Waits, then does it. */
    SLOW,
    /** Makes an empty root and answers that it did. */
    SILENT_ROOT,
    /** Makes the branch at another position. */
    WRONG_LSN
  }

  /** A fault without a number. */
  public static Fault of(Kind kind, String request) {
    return of(kind, request, 0);
  }

  /** A fault with a number. */
  public static Fault of(Kind kind, String request, int number) {
    return new Fault(Pattern.compile(request), kind, number);
  }

  boolean fits(String what) {
    return request.matcher(what).matches();
  }
}
