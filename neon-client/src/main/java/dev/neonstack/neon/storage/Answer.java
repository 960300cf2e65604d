package dev.neonstack.neon.storage;

/** What came back: the status and the body as it stands. */
record Answer(int status, String body) {
  /** A body that is not one of storage's errors is quoted so far. */
  private static final int QUOTED = 200;

  /** Storage's own message, or the beginning of a body that has none. */
  String message() {
    return Wire.message(body)
        .orElseGet(() -> body.length() <= QUOTED ? body : body.substring(0, QUOTED) + "…");
  }

  boolean isStorageError() {
    return Wire.message(body).isPresent();
  }
}
