package dev.neonstack.neon.controlplane;

import java.util.OptionalInt;

/**
 * A call to the control plane that did not do what was asked; its kind says what to do about it.
 */
public final class ControlPlaneException extends RuntimeException {

  /** What a caller decides by. */
  public enum Kind {
    /** Nothing happened; the same call may be made again later. */
    RETRY,
    /** It may or may not have happened: look, or repeat the same idempotent call. */
    UNKNOWN_OUTCOME,
    /** Something with that name or of that kind is there already. */
    CONFLICT,
    /** The input is not allowed; repeating it is of no use. */
    REFUSED,
    /** What the call is about does not exist. */
    NOT_FOUND,
    /** The API key is missing or wrong. */
    UNAUTHORISED,
    /** The control plane tried and failed, or something else answered in its place. */
    FAILED
  }

  private final Kind kind;
  private final transient OptionalInt status;

  /** An answer or the lack of one; {@code status} is empty when there was no HTTP answer. */
  public ControlPlaneException(Kind kind, OptionalInt status, String message) {
    super(message);
    this.kind = kind;
    this.status = status;
  }

  /** A call that broke below HTTP. */
  public ControlPlaneException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = OptionalInt.empty();
  }

  public Kind kind() {
    return kind;
  }

  /** The HTTP status, when there was an answer. */
  public OptionalInt status() {
    return status;
  }
}
