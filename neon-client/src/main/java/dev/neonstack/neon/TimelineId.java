package dev.neonstack.neon;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The id of a branch in Neon's storage: a timeline. Written as 32 lower-case hexadecimal digits;
 * upper case is accepted, as Neon accepts it, and folded.
 */
public record TimelineId(String value) {

  /**
   * Checks and folds the id.
   *
   * @throws IllegalArgumentException when it is not 32 hexadecimal digits
   */
  public TimelineId {
    value = HexId.check("branch id", value);
  }

  /** Reads an id; same as the constructor, under the name Jackson calls. */
  @JsonCreator
  public static TimelineId of(String value) {
    return new TimelineId(value);
  }

  /**
   * A fresh id. Neon forbids the reuse of a deleted one, so ids are always drawn, never derived.
   */
  public static TimelineId random() {
    return new TimelineId(HexId.random());
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
