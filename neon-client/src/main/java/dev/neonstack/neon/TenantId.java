package dev.neonstack.neon;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The id of a project in Neon's storage: a tenant. Written as 32 lower-case hexadecimal digits;
 * upper case is accepted, as Neon accepts it, and folded.
 */
public record TenantId(String value) {

  /**
   * Checks and folds the id.
   *
   * @throws IllegalArgumentException when it is not 32 hexadecimal digits
   */
  public TenantId {
    value = HexId.check("project id", value);
  }

  /** Reads an id; same as the constructor, under the name Jackson calls. */
  @JsonCreator
  public static TenantId of(String value) {
    return new TenantId(value);
  }

  /**
   * A fresh id. Neon forbids the reuse of a deleted one, so ids are always drawn, never derived.
   */
  public static TenantId random() {
    return new TenantId(HexId.random());
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
