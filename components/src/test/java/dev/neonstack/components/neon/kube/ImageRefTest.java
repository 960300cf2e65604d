package dev.neonstack.components.neon.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageRefTest {
  private static final String DIGEST = "sha256:" + "0af".repeat(21) + "1";

  @Test
  void onlyADigestPins() {
    assertThat(new ImageRef("registry.example:5000/neon@" + DIGEST).isPinned()).isTrue();
    assertThat(new ImageRef("registry.example/neon:9129@" + DIGEST).isPinned()).isTrue();
    assertThat(new ImageRef("registry.example/neon:9129").isPinned()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " neon", "neon@sha256:12", "neon@" + "sha256:", "Neon"})
  void whatIsNoImageIsRefused(String text) {
    assertThatThrownBy(() -> new ImageRef(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' is not an image");
  }
}
