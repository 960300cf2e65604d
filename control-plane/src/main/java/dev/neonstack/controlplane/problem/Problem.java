package dev.neonstack.controlplane.problem;

import static java.util.Objects.requireNonNull;

/**
 * A request that was not done, with a sentence for the person who made it. The message never holds
 * a secret. Ports throw it too: what a runtime or a storage reports this way reaches the user as it
 * is.
 */
public final class Problem extends RuntimeException {

  /** What stood in the way. */
  public enum Kind {
    /** The request cannot be understood. */
    INVALID,
    /** What the request names does not exist. */
    NOT_FOUND,
    /** Something else has the name or the place. */
    CONFLICT,
    /** The request is understood and not allowed. */
    REFUSED,
    /** What was asked for was never known here. */
    UNKNOWN,
    /** Another operation is at work on the same thing; later it may succeed. */
    LOCKED,
    /** Something the control plane needs does not answer; later it may succeed. */
    UNAVAILABLE,
    /** It was tried and did not work. */
    FAILED
  }

  private final Kind kind;
  private final String code;

  private Problem(Kind kind, String code, String message, Throwable cause) {
    super(requireNonNull(message, "message is null"), cause);
    this.kind = kind;
    this.code = code;
  }

  /** The request cannot be understood. */
  public static Problem invalid(String message) {
    return new Problem(Kind.INVALID, "BAD_REQUEST", message, null);
  }

  /** The named thing, such as {@code BRANCH}, does not exist. */
  public static Problem notFound(String what, String message) {
    return new Problem(Kind.NOT_FOUND, what + "_NOT_FOUND", message, null);
  }

  /** Something else has the name or the place. */
  public static Problem conflict(String message) {
    return new Problem(Kind.CONFLICT, "CONFLICT", message, null);
  }

  /** The request is understood and not allowed. */
  public static Problem refused(String message) {
    return new Problem(Kind.REFUSED, "UNPROCESSABLE", message, null);
  }

  /** What was asked for was never known here. */
  public static Problem unknown(String message) {
    return new Problem(Kind.UNKNOWN, "PRECONDITION_FAILED", message, null);
  }

  /** Another operation is at work on the same thing. */
  public static Problem locked(String message) {
    return new Problem(Kind.LOCKED, "RUNNING_OPERATIONS", message, null);
  }

  /** Something the control plane needs does not answer. */
  public static Problem unavailable(String message, Throwable cause) {
    return new Problem(Kind.UNAVAILABLE, "UNAVAILABLE", message, cause);
  }

  /** It was tried and did not work. */
  public static Problem failed(String message, Throwable cause) {
    return new Problem(Kind.FAILED, "FAILED", message, cause);
  }

  /** The same problem with another message. */
  public Problem saying(String message) {
    return new Problem(kind, code, message, getCause());
  }

  public Kind kind() {
    return kind;
  }

  /** A word for programs, such as {@code BRANCH_NOT_FOUND}. */
  public String code() {
    return code;
  }
}
