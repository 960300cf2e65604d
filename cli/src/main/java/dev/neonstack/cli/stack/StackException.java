package dev.neonstack.cli.stack;

/** A command on a stack cannot go on; the message says why, and what to do. */
final class StackException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StackException(String message) {
    super(message);
  }
}
