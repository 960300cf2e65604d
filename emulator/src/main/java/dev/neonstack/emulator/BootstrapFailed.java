package dev.neonstack.emulator;

/** initdb did not succeed; nothing of the timeline is left. */
public final class BootstrapFailed extends RuntimeException {
  public BootstrapFailed(String message) {
    super(message);
  }

  public BootstrapFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
