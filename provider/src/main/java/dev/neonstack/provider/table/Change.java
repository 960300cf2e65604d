package dev.neonstack.provider.table;

/**
 * A property that the wanted resource has otherwise than the existing one.
 *
 * @param property its name
 * @param kind in which way
 * @param replaces whether it takes a new resource
 */
public record Change(String property, Kind kind, boolean replaces) {

  /** In which way a property differs. */
  public enum Kind {
    /** It was absent. */
    ADD,
    /** It is left out now. */
    DELETE,
    /** It has another value. */
    UPDATE
  }
}
