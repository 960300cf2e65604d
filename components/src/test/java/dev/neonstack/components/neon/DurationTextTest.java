package dev.neonstack.components.neon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DurationTextTest {
  @ParameterizedTest
  @CsvSource({"PT0S, 0d", "PT1S, 1s", "PT90S, 90s", "PT90M, 90m", "PT36H, 36h", "P7D, 7d"})
  void theLargestUnitThatFitsIsWritten(Duration duration, String text) {
    assertThat(DurationText.of(duration)).isEqualTo(text);
  }
}
