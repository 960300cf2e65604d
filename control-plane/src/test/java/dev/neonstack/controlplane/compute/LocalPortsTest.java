package dev.neonstack.controlplane.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LocalPortsTest {

  @Test
  void takesTheLowestThatIsNeitherGivenNorInUse() throws IOException {
    try (var used = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var first = used.getLocalPort();
      var free = new LocalPorts(first).free(Set.of());

      assertThat(free).isGreaterThan(first);
      assertThat(new LocalPorts(first).free(Set.of(free))).isGreaterThan(free);
    }
  }

  @Test
  void takesAnyWhenNoneIsFirst() {
    assertThat(new LocalPorts(0).free(Set.of())).isPositive();
  }
}
