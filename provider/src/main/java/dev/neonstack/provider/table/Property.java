package dev.neonstack.provider.table;

import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Bool;
import dev.neonstack.provider.value.Value.Fields;
import dev.neonstack.provider.value.Value.Items;
import dev.neonstack.provider.value.Value.Null;
import dev.neonstack.provider.value.Value.Num;
import dev.neonstack.provider.value.Value.Text;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One input of a resource.
 *
 * @param name as the user writes it
 * @param type what values it takes
 * @param required whether it has to be given
 * @param replaces whether a change makes a new resource instead of changing the old one
 * @param keptWhenLeftOut whether leaving it out means that the resource keeps what it has
 * @param comparedWithState whether a new value is compared with the output of the same name, as the
 *     resource may have got it in another way than by this input
 * @param fallback what leaving it out means; {@link Value.Null#VALUE} when nothing
 * @param normal gives equal values for equal meanings
 * @param limit what is allowed beyond the type
 */
@RecordBuilder
public record Property(
    String name,
    ValueType type,
    boolean required,
    boolean replaces,
    boolean keptWhenLeftOut,
    boolean comparedWithState,
    Value fallback,
    UnaryOperator<Value> normal,
    Optional<Limit> limit) {

  /** What values a property takes. */
  public enum ValueType {
    /** A string. */
    TEXT("a string"),
    /** A number without a fraction. */
    INTEGER("a whole number"),
    /** A number. */
    NUMBER("a number"),
    /** true or false. */
    BOOL("true or false"),
    /** An object whose values are strings. */
    TEXTS("an object of strings"),
    /** A list of strings. */
    TEXT_LIST("a list of strings");

    private final String allowed;

    ValueType(String allowed) {
      this.allowed = allowed;
    }

    String allowed() {
      return allowed;
    }

    boolean accepts(Value value) {
      return switch (this) {
        case TEXT -> value instanceof Text;
        case INTEGER -> value instanceof Num number && Math.rint(number.value()) == number.value();
        case NUMBER -> value instanceof Num;
        case BOOL -> value instanceof Bool;
        case TEXTS ->
            value instanceof Fields fields
                && fields.values().values().stream().allMatch(Text.class::isInstance);
        case TEXT_LIST ->
            value instanceof Items items
                && items.values().stream().allMatch(Text.class::isInstance);
      };
    }
  }

  /** A rule for values, and how it is told. */
  public record Limit(Predicate<Value> holds, String allowed) {}

  /** An optional property whose change is made in place. */
  public static Property of(String name, ValueType type) {
    return new Property(
        name, type, false, false, false, false, Value.Null.VALUE, value -> value, Optional.empty());
  }

  /** An optional text whose change is made in place. */
  public static Property text(String name) {
    return of(name, ValueType.TEXT);
  }

  /** The same, but it has to be given. */
  public Property need() {
    return PropertyBuilder.builder(this).required(true).build();
  }

  /** The same, but a change replaces the resource. */
  public Property replacing() {
    return PropertyBuilder.builder(this).replaces(true).build();
  }

  /** The same, but the resource keeps what it has when the property is left out. */
  public Property keeping() {
    return PropertyBuilder.builder(this).keptWhenLeftOut(true).comparedWithState(true).build();
  }

  /** The same, with what leaving it out means. */
  public Property orElse(Value meaning) {
    return PropertyBuilder.builder(this).fallback(meaning).build();
  }

  /** The same, compared in its normal form. */
  public Property as(UnaryOperator<Value> form) {
    return PropertyBuilder.builder(this).normal(form).build();
  }

  /** The same, with a rule for its values. */
  public Property only(String allowed, Predicate<Value> holds) {
    return PropertyBuilder.builder(this).limit(Optional.of(new Limit(holds, allowed))).build();
  }

  /** The same, with a rule for its text. */
  public Property onlyText(String allowed, Predicate<String> holds) {
    return only(allowed, value -> value instanceof Text text && holds.test(text.value()));
  }

  /** The same value for all values that mean the same, nothing at all included. */
  public Value means(Value value) {
    return normal.apply(value.plain() instanceof Null ? fallback : value.plain());
  }

  /**
   * A value that was found, as the user would have written it.
   *
   * @param old what the user wrote, with its marks
   */
  public Value worded(Value old, Value found) {
    var leftOut = old.plain() instanceof Null;
    if (means(old).equals(means(found)) || (leftOut && keptWhenLeftOut)) {
      return old;
    }
    return found;
  }
}
