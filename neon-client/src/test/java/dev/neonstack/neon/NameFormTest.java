package dev.neonstack.neon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameFormTest {
  @ParameterizedTest
  @ValueSource(strings = {"main", "feature/ABC-1", "a b", "ü", "😀", "-", "..", "%2F", "a::b"})
  void peopleCallBranchesWhatTheyLike(String name) {
    assertThat(NameForm.problem("name", name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " a",
        "a ",
        "a\nb",
        "a\u0000",
        "a\u2028b",
        "\ud800",
        "a\u00a0",
        "a\u202eb"
      })
  void whatCannotBeShownIsNoName(String name) {
    assertThat(NameForm.problem("name", name)).isPresent();
  }

  @Test
  void lengthIsCountedInCharacters() {
    assertThat(NameForm.matches("😀".repeat(256))).isTrue();
    assertThat(NameForm.matches("x".repeat(257))).isFalse();
    assertThat(NameForm.problem("branch name", "x".repeat(257)).orElseThrow())
        .contains("branch name", "256")
        .hasSizeLessThan(250);
  }
}
