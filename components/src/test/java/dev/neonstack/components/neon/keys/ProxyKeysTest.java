package dev.neonstack.components.neon.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import dev.neonstack.components.RecordedCluster;
import dev.neonstack.components.neon.kube.Home;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProxyKeysTest {
  private final RecordedCluster cluster = new RecordedCluster();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void theProxyHasOneTokenForTheControlPlaneAndAnotherForValkey() {
    var made = new ArrayList<ProxyKeys>();
    cluster.run(
        context -> made.add(new ProxyKeys("proxy", new Home("neon", Output.of("neon")), null)));

    var keys = made.get(0);
    var data = (Map<?, ?>) cluster.the("Secret", "proxy-tokens").at("stringData");
    assertThat(data.keySet()).isEqualTo(Set.of(keys.controlPlane().key(), keys.valkey().key()));
    assertThat(data.get(keys.controlPlane().key())).isNotEqualTo(data.get(keys.valkey().key()));
  }
}
