package dev.neonstack.provider.resource;

/** What was asked cannot be done as it is; the message tells the user what to do instead. */
public class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A sentence for the user. */
  public RefusedException(String message) {
    super(message);
  }

  /** A sentence for the user, with the cause for the log. */
  public RefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
