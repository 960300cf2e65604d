package dev.neonstack.local.client;

/** The local process could not be started, reached or stopped; the message says what to do. */
public final class LocalProcessException extends RuntimeException {

  /** A sentence for the user. */
  public LocalProcessException(String message) {
    super(message);
  }

  /** A sentence for the user, with the cause for the log. */
  public LocalProcessException(String message, Throwable cause) {
    super(message, cause);
  }
}
