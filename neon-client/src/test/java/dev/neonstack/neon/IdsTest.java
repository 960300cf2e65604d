package dev.neonstack.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {

  @Test
  void upperCaseIsFolded() {
    assertThat(TenantId.of("BF868D7736F1F09DAA4A5AEBC8E6DDF2"))
        .isEqualTo(TenantId.of("bf868d7736f1f09daa4a5aebc8e6ddf2"))
        .hasToString("bf868d7736f1f09daa4a5aebc8e6ddf2");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "abc", "nothex", "bf868d77-36f1-f09d-aa4a-5aebc8e6ddf2"})
  void anythingElseIsRefused(String given) {
    assertThatThrownBy(() -> TimelineId.of(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected 32 hexadecimal digits");
  }

  @Test
  void drawnIdsDiffer() {
    assertThat(TimelineId.random()).isNotEqualTo(TimelineId.random());
  }
}
