package dev.neonstack.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.operator.api.Maintenance;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 28 November 2026 is a Saturday. */
class MaintenancesTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "2026-11-28T22:59:59Z, false",
    "2026-11-28T23:00:00Z, true",
    "2026-11-29T00:59:59Z, true",
    "2026-11-29T01:00:00Z, false",
    "2026-11-29T23:30:00Z, false"
  })
  void aWindowOfSaturdayGoesOnAfterMidnight(Instant now, boolean open) {
    var window = new Maintenance("23:00", 120, List.of(DayOfWeek.SATURDAY));

    assertThat(Maintenances.isOpen(window, now)).isEqualTo(open);
    assertThat(Maintenances.isOpen(new Maintenance("23:00", 120, null), now))
        .isEqualTo(open || now.toString().contains("T23:30"));
  }
}
