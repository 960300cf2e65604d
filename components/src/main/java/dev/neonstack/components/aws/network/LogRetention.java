package dev.neonstack.components.aws.network;

import java.util.Set;
import java.util.TreeSet;

/** How long CloudWatch can keep logs. */
public final class LogRetention {
  private static final Set<Integer> DAYS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  /** What it can be. */
  public static final String EXPECTED = "days as one of " + new TreeSet<>(DAYS);

  private LogRetention() {}

  public static boolean isRetention(int days) {
    return DAYS.contains(days);
  }

  /** Refuses other days, in the name of the setting. */
  public static void require(String setting, int days) {
    if (!isRetention(days)) {
      throw new IllegalArgumentException(
          "%s is %d; expected %s".formatted(setting, days, EXPECTED));
    }
  }
}
