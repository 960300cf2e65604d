package dev.neonstack.components.neon;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes connection URIs as libpq and JDBC drivers read them. */
final class ConnectionUri {
  private ConnectionUri() {}

  static String of(String role, Optional<String> password, String host, int port, String database) {
    return "postgresql://%s%s@%s:%d/%s"
        .formatted(
            encoded(role),
            password.map(known -> ":" + encoded(known)).orElse(""),
            host.contains(":") ? "[" + host + "]" : host,
            port,
            encoded(database));
  }

  /** Percent-encoding of RFC 3986; URLEncoder writes forms, where a blank is a plus. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }
}
