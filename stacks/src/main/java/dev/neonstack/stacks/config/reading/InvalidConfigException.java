package dev.neonstack.stacks.config.reading;

import com.pulumi.exceptions.RunException;

/** The stack's configuration breaks rules; the message says all of them. Shown without a trace. */
public final class InvalidConfigException extends RunException {
  private static final long serialVersionUID = 1L;

  public InvalidConfigException(String message) {
    super(message);
  }
}
