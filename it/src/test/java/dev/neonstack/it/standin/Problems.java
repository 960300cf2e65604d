package dev.neonstack.it.standin;

import java.util.ArrayList;
import java.util.List;
import pulumirpc.Provider.CheckFailure;

/** All that is wrong with a set of inputs. */
public final class Problems {
  private final List<CheckFailure> failures = new ArrayList<>();

  /** Notes what is wrong with a property. */
  public void add(String property, String reason) {
    failures.add(CheckFailure.newBuilder().setProperty(property).setReason(reason).build());
  }

  public boolean isEmpty() {
    return failures.isEmpty();
  }

  List<CheckFailure> failures() {
    return failures;
  }

  /** All of them in one text. */
  @Override
  public String toString() {
    return String.join(
        "; ",
        failures.stream()
            .map(failure -> failure.getProperty() + ": " + failure.getReason())
            .toList());
  }
}
