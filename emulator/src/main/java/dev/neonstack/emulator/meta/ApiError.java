package dev.neonstack.emulator.meta;

/** An answer other than success, worded as a pageserver words it. */
public final class ApiError extends RuntimeException {
  private final int status;

  private ApiError(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  public int status() {
    return status;
  }

  /** An answer whose text has no prefix. */
  public static ApiError plain(int status, String message) {
    return new ApiError(status, message);
  }

  /** 400; the text is quoted, as a pageserver prints it for debugging. */
  public static ApiError badRequest(String message) {
    return new ApiError(400, quote(message));
  }

  /** 404. */
  public static ApiError notFound(String what) {
    return new ApiError(404, "NotFound: " + what);
  }

  /** 409. */
  public static ApiError conflict(String message) {
    return new ApiError(409, "Conflict: " + message);
  }

  /** 412. */
  public static ApiError preconditionFailed(String message) {
    return new ApiError(412, "Precondition failed: " + message);
  }

  /** 500. */
  public static ApiError internal(String message) {
    return new ApiError(500, message);
  }

  /** 501: what a pageserver can do and this one cannot. */
  public static ApiError unsupported(String what) {
    return new ApiError(501, what + " not supported by the local storage");
  }

  /** 503. */
  public static ApiError unavailable(String message) {
    return new ApiError(503, message);
  }

  /** The text as Rust prints a string for debugging: in quotes, with quotes inside escaped. */
  public static String quote(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
