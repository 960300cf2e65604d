package dev.neonstack.neon.storage;

import java.util.OptionalInt;

/** A call to storage that did not give what was asked. The kind says what a caller can do. */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What a caller decides by. */
  public enum Kind {
    /**
     * Nothing was done: the server is busy, away, or works on it already. Repeat the call later.
     */
    RETRY,
    /** It may or may not have been done. Repeat the same call until it is settled. */
    UNKNOWN_OUTCOME,
    /** The id exists with other parameters. */
    CONFLICT,
    /** The request can never succeed as it is. */
    REFUSED,
    /** The project does not exist. */
    GONE,
    /** The token is missing, wrong, or of the wrong scope. */
    UNAUTHORISED,
    /** The server did something else than was asked. */
    WRONG_ANSWER,
    /** The server failed, or what answers is not Neon's storage. */
    FAILED
  }

  private final Kind kind;
  private final int status;

  StorageException(Kind kind, OptionalInt status, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status.orElse(0);
  }

  /** Storage cannot be reached now, and the way to it says why; nothing was done. */
  public static StorageException away(RuntimeException cause) {
    return new StorageException(Kind.RETRY, OptionalInt.empty(), cause.getMessage(), cause);
  }

  public Kind kind() {
    return kind;
  }

  /** The HTTP status; that of the pageserver when the storage controller passed it on in words. */
  public OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }
}
