package dev.neonstack.components.neon.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class KubernetesProviderTest {
  @Test
  void thePluginWaitsForUpdatesAndTakesOverWhatIsThere() {
    var parts =
        Arrays.stream(KubernetesProvider.PLUGIN.split("\\.")).mapToInt(Integer::parseInt).toArray();

    assertThat(parts[0]).isEqualTo(4);
    assertThat(parts[1]).isBetween(26, 28);
  }
}
