package dev.neonstack.provider.table;

import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Bool;
import dev.neonstack.provider.value.Value.Num;
import dev.neonstack.provider.value.Value.Secret;
import dev.neonstack.provider.value.Value.Text;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with the properties of one resource, so that it is told at once. */
public final class Problems {
  private final List<Problem> found = new ArrayList<>();

  /** Something wrong with one property. */
  public record Problem(String property, String reason) {}

  /** Notes a problem. */
  public void add(String property, String reason) {
    found.add(new Problem(property, reason));
  }

  /** Notes a value that is not allowed. */
  public void add(String property, Value got, String allowed) {
    add(property, property + " is " + shown(got) + "; expected " + allowed);
  }

  /** All problems in the order they were found. */
  public List<Problem> all() {
    return List.copyOf(found);
  }

  /** Whether a property is known to be wrong. */
  public boolean has(String property) {
    return found.stream().anyMatch(problem -> problem.property().equals(property));
  }

  private static String shown(Value value) {
    if (value instanceof Secret) {
      return "a secret that does not fit";
    }
    if (value instanceof Text text) {
      return "'" + text.value() + "'";
    }
    if (value instanceof Bool bool) {
      return "'" + bool.value() + "'";
    }
    if (value instanceof Num number) {
      return "'" + number(number.value()) + "'";
    }
    return value.kind();
  }

  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
