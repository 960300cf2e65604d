package dev.neonstack.neon.storage;

/** Who answers the storage API: the paths are the same, the statuses are not. */
public enum Dialect {
  /** One pageserver, or the emulator. */
  PAGESERVER,
  /** The storage controller, which wraps most errors of its pageservers into 409. */
  CONTROLLER
}
