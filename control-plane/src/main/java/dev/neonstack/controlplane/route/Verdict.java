package dev.neonstack.controlplane.route;

/** What the storage controller is answered. */
public enum Verdict {
  /** Every compute that it is about has it, or there is none. */
  DONE(200),
  /** A compute cannot take it now; to be repeated. */
  LATER(503),
  /** The same generation with other safekeepers: one of the two is wrong. */
  CONTRADICTION(409);

  private final int status;

  Verdict(int status) {
    this.status = status;
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }
}
