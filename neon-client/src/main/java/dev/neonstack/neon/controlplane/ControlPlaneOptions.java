package dev.neonstack.neon.controlplane;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the control plane is and how to be let in.
 *
 * @param url base URL without a path, such as {@code http://127.0.0.1:9899}
 * @param apiKey the key sent as a bearer token; without one every call is refused by a real server
 * @param caFile PEM file of the authority that signed the server's certificate; without one the
 *     authorities of the Java runtime are trusted
 */
public record ControlPlaneOptions(URI url, Optional<String> apiKey, Optional<Path> caFile) {

  /** Checks that the URL can be called at all. */
  public ControlPlaneOptions {
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(caFile, "caFile is null");
    var scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw new IllegalArgumentException(
          "control plane URL is '" + url + "'; expected http://HOST:PORT or https://HOST:PORT");
    }
  }

  @Override
  public String toString() {
    return "ControlPlaneOptions[url="
        + url
        + ", apiKey="
        + (apiKey.isPresent() ? "(hidden)" : "(none)")
        + ", caFile="
        + caFile
        + "]";
  }
}
