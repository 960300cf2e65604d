package dev.neonstack.components.aws.eks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EksVersionTest {
  @ParameterizedTest
  @ValueSource(strings = {"1.35", "1.36", "1.37"})
  void whatIsSupportedOrNewerIsTaken(String text) {
    assertThat(EksVersion.parse(text)).hasToString(text);
  }

  @Test
  void unlessToldOtherwiseItIsTheNewestWeKnow() {
    assertThat(EksVersion.DEFAULT).hasToString("1.36");
    assertThat(EksVersion.MINIMUM).hasToString("1.35");
  }

  @ParameterizedTest
  @CsvSource({
    "1.34, 2026-12-02, 2027-12-02",
    "1.33, 2026-07-29, 2027-07-29",
    "1.28, 2024-11-26, 2025-11-26"
  })
  void anOlderOneIsRefusedWithTheDatesOfItsSupport(String text, String standard, String extended) {
    assertThatThrownBy(() -> EksVersion.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "version is %s; expected 1.35 or newer, better 1.36. EKS has it in standard support until"
                + " %s and in extended support, at six times the price, until %s",
            text, standard, extended);
  }

  @Test
  void oneThatIsLongGoneIsRefusedWithWhatIsKnown() {
    assertThatThrownBy(() -> EksVersion.parse("1.30")).hasMessageEndingWith("until 2026-07-23");
    assertThatThrownBy(() -> EksVersion.parse("1.21")).hasMessageEndingWith("EKS has it no longer");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "36", "1.36.1", "v1.36", "1.036", "2.1", "latest"})
  void whatIsNoVersionIsRefused(String text) {
    assertThatThrownBy(() -> EksVersion.parse(text))
        .hasMessage("version is '%s'; expected a version of Kubernetes such as 1.36", text);
  }
}
