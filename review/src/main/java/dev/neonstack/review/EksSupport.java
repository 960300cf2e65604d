package dev.neonstack.review;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * How long Amazon supports a version of EKS at the standard price.
 *
 * @param standardEnd the last day
 */
public record EksSupport(LocalDate standardEnd) {
  private static final Map<String, EksSupport> VERSIONS =
      Map.of(
          "1.28", until("2024-11-26"),
          "1.29", until("2025-03-23"),
          "1.30", until("2025-07-23"),
          "1.31", until("2025-11-26"),
          "1.32", until("2026-03-23"),
          "1.33", until("2026-07-29"),
          "1.34", until("2026-12-02"),
          "1.35", until("2027-03-27"),
          "1.36", until("2027-08-02"));

  /** Wants a day. */
  public EksSupport {
    requireNonNull(standardEnd, "standardEnd is null");
  }

  /** The dates of a version such as {@code 1.36}; empty for one this release does not know. */
  public static Optional<EksSupport> of(String version) {
    return Optional.ofNullable(VERSIONS.get(version));
  }

  /** Whether the standard price holds on that day. */
  public boolean isStandard(LocalDate day) {
    return !day.isAfter(standardEnd);
  }

  private static EksSupport until(String day) {
    return new EksSupport(LocalDate.parse(day));
  }
}
