package dev.neonstack.components.neon.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NeedsTest {
  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void onlyGuaranteedNeedsLimitTheProcessors() {
    new RecordedCluster()
        .run(
            context -> {
              var all = Map.of("cpu", "2", "memory", "4Gi");
              var guaranteed = new ResourceNeeds("2", "4Gi", true).args();
              assertThat(PulumiTest.extractValue(guaranteed.limits().orElseThrow())).isEqualTo(all);
              var shared = ResourceNeeds.burstable("2", "4Gi").args();
              assertThat(PulumiTest.extractValue(shared.requests().orElseThrow())).isEqualTo(all);
              assertThat(PulumiTest.extractValue(shared.limits().orElseThrow()))
                  .isEqualTo(Map.of("memory", "4Gi"));
            });
    assertThat(ResourceNeeds.burstable("1", "2Gi").memoryMiB()).isEqualTo(2048);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4G", "0Gi", "4", "-1Gi", ""})
  void memoryThatCannotBeReadIsRefused(String memory) {
    assertThatThrownBy(() -> ResourceNeeds.burstable("1", memory))
        .hasMessage("memory is '%s'; expected memory such as 512Mi or 4Gi", memory);
  }

  @Test
  void aTolerationWithoutAValueStandsEveryValue() {
    new RecordedCluster()
        .run(
            context -> {
              var any = new Toleration("storage", Optional.empty(), "NoSchedule").args();
              assertThat(PulumiTest.extractValue(any.operator().orElseThrow())).isEqualTo("Exists");
              var one = new Toleration("storage", Optional.of("nvme"), "NoSchedule").args();
              assertThat(PulumiTest.extractValue(one.operator().orElseThrow())).isEqualTo("Equal");
            });
  }
}
