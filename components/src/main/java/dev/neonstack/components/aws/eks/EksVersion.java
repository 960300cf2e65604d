package dev.neonstack.components.aws.eks;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A version of Kubernetes on EKS: 1 and the minor version. One that is newer than those known here
 * is let through, because AWS itself says at once whether it has it, and no stack should wait for
 * us.
 *
 * @param minor such as 36 of 1.36
 */
public record EksVersion(int minor) {
  /** How a version is written. */
  public static final String EXPECTED = "a version of Kubernetes such as 1.36";

  private static final Pattern FORM = Pattern.compile("1\\.([1-9][0-9]?)");
  private static final int OLDEST = 35;

  /** The last days of standard support, where known, and of extended support. */
  private static final Map<Integer, List<String>> SUPPORT =
      Map.of(
          28, List.of("2024-11-26", "2025-11-26"),
          29, List.of("2026-03-23"),
          30, List.of("2026-07-23"),
          31, List.of("2025-11-26", "2026-11-26"),
          32, List.of("2026-03-23", "2027-03-23"),
          33, List.of("2026-07-29", "2027-07-29"),
          34, List.of("2026-12-02", "2027-12-02"));

  /** What a cluster is made with unless told otherwise. */
  public static final EksVersion DEFAULT = new EksVersion(36);

  /** The oldest a cluster can have. */
  public static final EksVersion MINIMUM = new EksVersion(OLDEST);

  public EksVersion {
    if (minor < OLDEST) {
      throw new IllegalArgumentException(
          "version is 1.%d; expected 1.%d or newer, better %s. EKS has it %s"
              .formatted(minor, OLDEST, DEFAULT, support(minor)));
    }
  }

  /** Reads a version as people write it. */
  public static EksVersion parse(String text) {
    var found = FORM.matcher(text);
    if (!found.matches()) {
      throw new IllegalArgumentException("version is '%s'; expected %s".formatted(text, EXPECTED));
    }
    return new EksVersion(Integer.parseInt(found.group(1)));
  }

  private static String support(int minor) {
    var days = SUPPORT.getOrDefault(minor, List.of());
    return switch (days.size()) {
      case 0 -> "no longer";
      case 1 -> "until %s".formatted(days.get(0));
      default ->
          "in standard support until %s and in extended support, at six times the price, until %s"
              .formatted(days.get(0), days.get(1));
    };
  }

  @Override
  public String toString() {
    return "1." + minor;
  }
}
