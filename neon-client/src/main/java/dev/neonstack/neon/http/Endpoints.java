package dev.neonstack.neon.http;

import java.net.URI;
import java.util.Optional;

/** Checks what every client is given: the address of a server and the token it wants. */
public final class Endpoints {
  private Endpoints() {}

  /**
   * The address without a slash at its end.
   *
   * @throws IllegalArgumentException when it is not http or https with a host, or carries a user
   */
  public static URI base(String what, URI url) {
    var scheme = url.getScheme();
    if (!("http".equals(scheme) || "https".equals(scheme)) || url.getHost() == null) {
      throw new IllegalArgumentException(
          what + " is '" + url + "'; expected http://host:port or https://host:port");
    }
    if (url.getUserInfo() != null) {
      throw new IllegalArgumentException(
          what + " for host " + url.getHost() + " carries a user; give the token by itself");
    }
    var text = url.toString();
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /**
   * The token without the line end a file leaves behind it.
   *
   * @throws IllegalArgumentException when it is empty or cannot stand in a header; the message does
   *     not hold it
   */
  public static Optional<String> token(String what, Optional<String> token) {
    var stripped = token.map(String::strip);
    stripped.ifPresent(
        value -> {
          if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new IllegalArgumentException(
                what + " is empty or holds characters other than printable ASCII");
          }
        });
    return stripped;
  }
}
