package dev.neonstack.components.aws.eks;

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

  /** The last days of standard support and of extended support, which costs six times as much. */
  private static final Map<Integer, String> SUPPORT =
      Map.of(
          28, "standard support ended on 2024-11-26 and extended support on 2025-11-26",
          29, "extended support ended on 2026-03-23",
          30, "extended support ended on 2026-07-23",
          31, "standard support ended on 2025-11-26 and extended support on 2026-11-26",
          32, "standard support ended on 2026-03-23, extended support ends on 2027-03-23",
          33, "standard support ended on 2026-07-29, extended support ends on 2027-07-29",
          34, "standard support ends on 2026-12-02, extended support on 2027-12-02");

  /** What a cluster is made with unless told otherwise. */
  public static final EksVersion DEFAULT = new EksVersion(36);

  /** The oldest a cluster can have. */
  public static final EksVersion MINIMUM = new EksVersion(OLDEST);

  public EksVersion {
    if (minor < OLDEST) {
      throw new IllegalArgumentException(
          "version is 1.%d; expected 1.%d or newer, better %s: on EKS, %s"
              .formatted(
                  minor, OLDEST, DEFAULT, SUPPORT.getOrDefault(minor, "all support has ended")));
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

  @Override
  public String toString() {
    return "1." + minor;
  }
}
