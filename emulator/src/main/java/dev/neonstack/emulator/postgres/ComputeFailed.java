package dev.neonstack.emulator.postgres;

/** A server could not be started or stopped; the message says why and what to do. */
public final class ComputeFailed extends RuntimeException {
  ComputeFailed(String message) {
    super(message);
  }

  ComputeFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
