package dev.neonstack.kube;

/** The cluster cannot be reached or does not give what was asked; the message says what to do. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What went wrong, for those who decide by it. */
  public enum Kind {
    /** The kubeconfig cannot be used as it is. */
    CONFIG,
    /** The API server does not answer, or a pod does not; it may later. */
    UNREACHABLE,
    /** The credentials are refused. */
    UNAUTHORISED,
    /** The user may not do this. */
    FORBIDDEN,
    /** There is no such object. */
    NOT_FOUND,
    /** There is no pod to connect to; there may be one later. */
    NOT_READY,
    /** The API server refuses the request. */
    REFUSED
  }

  private final Kind kind;

  /** A sentence for the user. */
  public ClusterException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A sentence for the user, with the cause for the log. */
  public ClusterException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether waiting may help. */
  public boolean mayPass() {
    return kind == Kind.UNREACHABLE || kind == Kind.NOT_READY;
  }
}
