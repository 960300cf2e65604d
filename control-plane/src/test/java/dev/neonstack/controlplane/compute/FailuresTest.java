package dev.neonstack.controlplane.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class FailuresTest {
  private static final String ID = "ep-1";

  private final Hands clock = new Hands();
  private final Failures failures = new Failures(clock);

  /** A clock whose hands the test moves. */
  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2026-11-23T09:00:00Z");

    void move(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private long secondsUntilDue() {
    var seconds = 0;
    while (!failures.isDue(ID)) {
      clock.move(Duration.ofSeconds(1));
      seconds++;
    }
    return seconds;
  }

  @Test
  void oneThatRanWellIsTriedAtOnce() {
    failures.started(ID);
    clock.move(Duration.ofMinutes(5));
    failures.ended(ID, "killed");

    assertThat(failures.reason(ID)).contains("killed");
    assertThat(failures.isDue(ID)).isTrue();
    failures.started(ID);
    assertThat(failures.reason(ID)).isEmpty();
    assertThat(failures.isDue(ID)).isFalse();
  }

  @Test
  void oneThatKeepsDyingIsTriedLessAndLessOften() {
    failures.started(ID);
    clock.move(Duration.ofMinutes(5));
    var pauses = new long[9];
    for (var death = 0; death < pauses.length; death++) {
      failures.ended(ID, "killed");
      pauses[death] = secondsUntilDue();
      failures.started(ID);
    }
    assertThat(pauses).containsExactly(0, 1, 2, 4, 8, 16, 32, 60, 60);

    clock.move(Duration.ofMinutes(2));
    failures.ended(ID, "killed");
    assertThat(failures.isDue(ID)).isTrue();
  }

  @Test
  void whatMayBeFreeSoonIsTriedEverySecond() {
    for (var attempt = 0; attempt < 5; attempt++) {
      failures.failed(ID, "port taken", true);
      assertThat(secondsUntilDue()).isEqualTo(1);
    }
    failures.forget(ID);
    assertThat(failures.reason(ID)).isEmpty();
  }
}
