package dev.neonstack.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

final class LocalServicesTest {

  @Test
  void theKeyIsNotPrinted() {
    var url = URI.create("http://127.0.0.1:1");

    assertThat(new LocalServices(url, url, "sesam").toString()).doesNotContain("sesam");
  }
}
