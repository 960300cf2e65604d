package dev.neonstack.components.neon;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ConnectionUriTest {
  @Test
  void whatAUriReservesIsPercentEncoded() {
    var uri =
        ConnectionUri.of("a b@c", Optional.of("p:/?#[]@!$&'()*+,;=%~ü"), "db.test", 5432, "d b");

    assertThat(uri)
        .isEqualTo(
            "postgresql://a%20b%40c:p%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25~%C3%BC"
                + "@db.test:5432/d%20b");
    assertThat(URI.create(uri).getUserInfo()).isEqualTo("a b@c:p:/?#[]@!$&'()*+,;=%~ü");
  }

  @Test
  void anIpv6HostStandsInBrackets() {
    assertThat(ConnectionUri.of("r", Optional.empty(), "::1", 1, "d"))
        .isEqualTo("postgresql://r@[::1]:1/d");
  }
}
