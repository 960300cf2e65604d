package dev.neonstack.neon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-27T22:32:03.34Z",
        "2026-11-27t22:32:03.34z",
        "2026-11-27T23:32:03.340+01:00",
        "2026-11-27 22:32:03.34+00",
        "2026-11-27 22:32:03.34+00:00",
        "2026-11-28 04:02:03.34+0530",
        "2026-11-28 04:02:03.34+05:30",
        "2026-11-27 14:32:03.34-08",
        "2026-11-27T22:32:03.34+00",
        "2026-11-27 22:32:03.34Z",
        " 2026-11-27 22:32:03.34 +0000 UTC ",
        "2026-11-27 23:32:03.34 +0100 +0100"
      })
  void theSameMomentIsReadInEveryForm(String text) {
    assertThat(Moment.parse(text)).contains(Instant.parse("2026-11-27T22:32:03.34Z"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-27 22:32:00+00", "2026-11-27T22:32Z", "2026-11-27 22:32+00"})
  void secondsMayBeLeftOut(String text) {
    assertThat(Moment.parse(text)).contains(Instant.parse("2026-11-27T22:32:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-27 22:32:03.34",
        "2026-11-27T22:32:03",
        "2026-11-27",
        "2026-13-27T22:32:03Z",
        "2026-02-30T22:32:03Z",
        "2026-11-27T25:32:03Z",
        "2026-11-27T22:32:03+99",
        "0000-01-01T00:00:00Z",
        "+12026-11-27T22:32:03Z",
        "22:32:03Z",
        "now",
        ""
      })
  void whatHasNoOffsetOrIsNoMomentIsRefused(String text) {
    assertThat(Moment.parse(text)).isEmpty();
  }
}
