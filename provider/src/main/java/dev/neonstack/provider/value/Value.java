package dev.neonstack.provider.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of the engine: JSON, and what JSON has no word for, secrets and values not known yet. */
public sealed interface Value {

  /** The value without the marks of secrets, at any depth. */
  default Value plain() {
    return this;
  }

  /** Whether it is, or holds at any depth, something that is not known yet. */
  default boolean hasUnknown() {
    return false;
  }

  /** Whether it is, or holds at any depth, a secret. */
  default boolean hasSecret() {
    return false;
  }

  /** The kind of value, for messages to people. */
  String kind();

  /** A text. */
  static Value of(String text) {
    return new Text(text);
  }

  /** A number. */
  static Value of(double number) {
    return new Num(number);
  }

  /** A truth value. */
  static Value of(boolean value) {
    return new Bool(value);
  }

  /** JSON null; the same as a property that is left out. */
  record Null() implements Value {
    /** The one there is. */
    public static final Value VALUE = new Null();

    @Override
    public String kind() {
      return "nothing";
    }
  }

  /** A value that is not known before the update has run. */
  record Unknown() implements Value {
    /** The one there is. */
    public static final Value VALUE = new Unknown();

    @Override
    public boolean hasUnknown() {
      return true;
    }

    @Override
    public String kind() {
      return "unknown";
    }
  }

  /** A truth value. */
  record Bool(boolean value) implements Value {
    @Override
    public String kind() {
      return "a boolean";
    }
  }

  /** A number; the engine knows no integers. */
  record Num(double value) implements Value {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** A text. */
  record Text(String value) implements Value {
    @Override
    public String kind() {
      return "a string";
    }
  }

  /** A list. */
  record Items(List<Value> values) implements Value {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }

    @Override
    public Value plain() {
      return new Items(values.stream().map(Value::plain).toList());
    }

    @Override
    public boolean hasUnknown() {
      return values.stream().anyMatch(Value::hasUnknown);
    }

    @Override
    public boolean hasSecret() {
      return values.stream().anyMatch(Value::hasSecret);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** An object. */
  record Fields(Map<String, Value> values) implements Value {
    /** Copies the map. */
    public Fields {
      values = new LinkedHashMap<>(values);
    }

    @Override
    public Value plain() {
      var plain = new LinkedHashMap<String, Value>();
      values.forEach((name, value) -> plain.put(name, value.plain()));
      return new Fields(plain);
    }

    @Override
    public boolean hasUnknown() {
      return values.values().stream().anyMatch(Value::hasUnknown);
    }

    @Override
    public boolean hasSecret() {
      return values.values().stream().anyMatch(Value::hasSecret);
    }

    @Override
    public String kind() {
      return "an object";
    }
  }

  /** A value that must never be shown. */
  record Secret(Value value) implements Value {
    @Override
    public Value plain() {
      return value.plain();
    }

    @Override
    public boolean hasUnknown() {
      return value.hasUnknown();
    }

    @Override
    public boolean hasSecret() {
      return true;
    }

    @Override
    public String kind() {
      return value.kind();
    }

    @Override
    public String toString() {
      return "Secret[(hidden)]";
    }
  }
}
