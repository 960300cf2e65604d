package dev.neonstack.local.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalPortsTest {

  @Test
  void areTheUsualOnesUnlessNamed() {
    assertThat(LocalPorts.fromEnvironment(Map.of())).isEqualTo(new LocalPorts(9898, 9899, 55_432));
    assertThat(
            LocalPorts.fromEnvironment(
                Map.of("NEONSTACK_API_PORT", "0", "NEONSTACK_STORAGE_PORT", " 7000 ")))
        .isEqualTo(new LocalPorts(7000, 0, 55_432));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "65536", "999999"})
  void whatIsNoPortIsNamed(String text) {
    assertThatThrownBy(() -> LocalPorts.fromEnvironment(Map.of("NEONSTACK_API_PORT", text)))
        .hasMessageStartingWith("NEONSTACK_API_PORT is '" + text + "'; expected");
  }

  @Test
  void aTakenPortIsNamedWithTheVariableThatChangesIt() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = taken.getLocalPort();

      assertThatThrownBy(() -> new LocalPorts(port, 0, 0).requireFree())
          .hasMessageContaining("port " + port)
          .hasMessageContaining("NEONSTACK_STORAGE_PORT");
      assertThatThrownBy(() -> new LocalPorts(0, port, 0).requireFree())
          .hasMessageContaining("NEONSTACK_API_PORT");
    }
  }

  @Test
  void anyFreePortIsFineForBoth() {
    assertThatCode(() -> new LocalPorts(0, 0, 0).requireFree()).doesNotThrowAnyException();
  }
}
