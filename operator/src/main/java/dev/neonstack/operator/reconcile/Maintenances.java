package dev.neonstack.operator.reconcile;

import dev.neonstack.operator.api.Maintenance;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/** When a maintenance window is open. */
final class Maintenances {
  private Maintenances() {}

  /** Whether it is open; one that begins before midnight goes on after it. */
  static boolean isOpen(Maintenance window, Instant now) {
    var today = now.atZone(ZoneOffset.UTC).toLocalDate();
    var start = LocalTime.parse(window.start());
    for (var day : List.of(today, today.minusDays(1))) {
      var opens = day.atTime(start).toInstant(ZoneOffset.UTC);
      var closes = opens.plus(Duration.ofMinutes(window.minutes()));
      var counts =
          window.days() == null
              || window.days().isEmpty()
              || window.days().contains(day.getDayOfWeek());
      if (counts && !now.isBefore(opens) && now.isBefore(closes)) {
        return true;
      }
    }
    return false;
  }
}
