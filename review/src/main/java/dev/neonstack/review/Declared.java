package dev.neonstack.review;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A resource as a program declares it.
 *
 * @param type Pulumi's, such as {@code aws:s3/bucketV2:BucketV2}
 * @param name the last part of its URN
 * @param urn empty when the engine has not given one yet
 * @param keeping what protects it
 * @param inputs its properties; of secrets nothing is kept
 * @param references by property, the {@link #key() keys} of the resources it is made from
 */
public record Declared(
    String type,
    String name,
    Optional<String> urn,
    Keeping keeping,
    JsonNode inputs,
    Map<String, Set<String>> references) {
  /** Keeps no content of secrets. */
  public Declared {
    requireNonNull(type, "type is null");
    requireNonNull(name, "name is null");
    requireNonNull(urn, "urn is null");
    requireNonNull(keeping, "keeping is null");
    inputs = Values.masked(inputs);
    references = Map.copyOf(references);
  }

  /** What keeps a resource from being lost. */
  public record Keeping(boolean protect, boolean retainOnDelete) {
    /** Nothing does. */
    public static final Keeping NONE = new Keeping(false, false);
  }

  /** A resource that nothing protects and that refers to no other. */
  public static Declared of(String type, String name, JsonNode inputs) {
    return new Declared(type, name, Optional.empty(), Keeping.NONE, inputs, Map.of());
  }

  /** How other resources refer to this one. */
  public String key() {
    return key(type, name);
  }

  /** How resources refer to one of this type and name. */
  public static String key(String type, String name) {
    return type + "::" + name;
  }

  /** What stands at a path of names with dots between; hidden when anything on the way is. */
  public JsonNode input(String path) {
    return Values.at(inputs, path);
  }

  /**
   * Whether the property names the other resource, by reference or by its physical name. Of a value
   * that is known only after an update and comes without references, as from a remote component in
   * its first preview, it is taken for granted.
   */
  public boolean refersTo(Declared other, String property) {
    var names = references.getOrDefault(property, Set.of());
    if (names.contains(other.key())) {
      return true;
    }
    var value = input(property);
    if (Values.hides(value)) {
      return names.isEmpty();
    }
    return value.isTextual() && value.textValue().equals(other.input(property).asText(""));
  }

  /** Without the inputs, some of which nobody should read. */
  @Override
  public String toString() {
    return type + " '" + name + "'";
  }
}
