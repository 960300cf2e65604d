package dev.neonstack.controlplane.server;

import java.util.List;

/** Settings that no server can be started with; the message names all that is wrong. */
final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidSettingsException(List<String> problems) {
    super(
        problems.size() == 1
            ? problems.get(0)
            : problems.size() + " settings are wrong:\n  - " + String.join("\n  - ", problems));
  }
}
