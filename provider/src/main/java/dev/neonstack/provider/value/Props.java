package dev.neonstack.provider.value;

import dev.neonstack.provider.value.Value.Bool;
import dev.neonstack.provider.value.Value.Fields;
import dev.neonstack.provider.value.Value.Items;
import dev.neonstack.provider.value.Value.Null;
import dev.neonstack.provider.value.Value.Num;
import dev.neonstack.provider.value.Value.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** The properties of a resource by name. An absent property and one that is null are the same. */
public final class Props {
  /** No property at all. */
  public static final Props EMPTY = new Props(Map.of());

  private final Map<String, Value> values;

  /** Copies the map and drops what is null. */
  public Props(Map<String, Value> values) {
    this.values = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!(value.plain() instanceof Null)) {
            this.values.put(name, value);
          }
        });
  }

  /** A builder that starts empty. */
  public static Builder builder() {
    return new Builder(Map.of());
  }

  /** A builder that starts with these properties. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** The names of the properties that are present. */
  public Set<String> names() {
    return values.keySet();
  }

  /** All properties, with the marks of secrets. */
  public Map<String, Value> values() {
    return new LinkedHashMap<>(values);
  }

  /** The value with the marks of secrets; {@link Value.Null#VALUE} when absent. */
  public Value marked(String name) {
    return values.getOrDefault(name, Value.Null.VALUE);
  }

  /** The value without the marks of secrets; {@link Value.Null#VALUE} when absent. */
  public Value get(String name) {
    return marked(name).plain();
  }

  /** Whether the property is present, known or not. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether the property is present and known in full. */
  public boolean isKnown(String name) {
    return has(name) && !marked(name).hasUnknown();
  }

  /** Whether no property is unknown, in whole or in part. */
  public boolean allKnown() {
    return values.values().stream().noneMatch(Value::hasUnknown);
  }

  /** The property as a text, when it is one. */
  public Optional<String> text(String name) {
    return get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
  }

  /** The property as a text that has to be there. */
  public String requireText(String name) {
    return text(name).orElseThrow(() -> new IllegalStateException("'" + name + "' is missing"));
  }

  /** The property as a truth value, when it is one. */
  public Optional<Boolean> bool(String name) {
    return get(name) instanceof Bool bool ? Optional.of(bool.value()) : Optional.empty();
  }

  /** The property as a number, when it is one. */
  public OptionalDouble number(String name) {
    return get(name) instanceof Num number
        ? OptionalDouble.of(number.value())
        : OptionalDouble.empty();
  }

  /** The property as a whole number, when it is a number. */
  public OptionalInt integer(String name) {
    var number = number(name);
    return number.isPresent() ? OptionalInt.of((int) number.getAsDouble()) : OptionalInt.empty();
  }

  /** The property as texts by name; empty when it is absent. */
  public Map<String, String> texts(String name) {
    var texts = new LinkedHashMap<String, String>();
    if (get(name) instanceof Fields fields) {
      fields
          .values()
          .forEach(
              (key, value) -> {
                if (value instanceof Text text) {
                  texts.put(key, text.value());
                }
              });
    }
    return texts;
  }

  /** The property as a list of texts; empty when it is absent. */
  public List<String> textList(String name) {
    return get(name) instanceof Items items
        ? items.values().stream()
            .filter(Text.class::isInstance)
            .map(value -> ((Text) value).value())
            .toList()
        : List.of();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Props props && values.equals(props.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /** Collects properties; a value that is absent is left out. */
  public static final class Builder {
    private final Map<String, Value> values;

    private Builder(Map<String, Value> start) {
      this.values = new LinkedHashMap<>(start);
    }

    /** Sets a value; {@link Value.Null#VALUE} removes it. */
    public Builder put(String name, Value value) {
      values.put(name, value);
      return this;
    }

    /** Sets a text. */
    public Builder put(String name, String text) {
      return put(name, Value.of(text));
    }

    /** Sets a text, or removes it. */
    public Builder put(String name, Optional<String> text) {
      return put(name, text.map(Value::of).orElse(Value.Null.VALUE));
    }

    /** Sets a truth value. */
    public Builder put(String name, boolean value) {
      return put(name, Value.of(value));
    }

    /** Sets a number. */
    public Builder put(String name, double number) {
      return put(name, Value.of(number));
    }

    /** Sets a number, or removes it. */
    public Builder put(String name, OptionalDouble number) {
      return put(name, number.isPresent() ? Value.of(number.getAsDouble()) : Value.Null.VALUE);
    }

    /** Sets texts by name; none removes the property. */
    public Builder put(String name, Map<String, String> texts) {
      var fields = new LinkedHashMap<String, Value>();
      texts.forEach((key, text) -> fields.put(key, Value.of(text)));
      return put(name, texts.isEmpty() ? Value.Null.VALUE : new Fields(fields));
    }

    /** Removes a property. */
    public Builder remove(String name) {
      values.remove(name);
      return this;
    }

    /** The properties collected so far. */
    public Props build() {
      return new Props(values);
    }
  }
}
