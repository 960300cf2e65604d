package dev.neonstack.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LocalServicesTest {

  @Test
  void theKeyIsNotPrinted() {
    var url = URI.create("http://127.0.0.1:1");

    var services = new LocalServices(url, url, "sesam", Optional.of("abrakadabra"));

    assertThat(services.toString()).doesNotContain("sesam", "abrakadabra");
  }
}
