package dev.neonstack.provider.resource;

/** A resource was begun and is not complete; the engine keeps its id and state, and tries again. */
public final class UnfinishedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String id;
  private final transient Object state;

  /**
   * A begun resource.
   *
   * @param state what is known of it, of the handler's type of state
   */
  public UnfinishedException(String id, Object state, String reason, Throwable cause) {
    super(reason, cause);
    this.id = id;
    this.state = state;
  }

  /** The id the engine knows the resource by from now on. */
  public String id() {
    return id;
  }

  /** What is known of the resource. */
  public Object state() {
    return state;
  }
}
