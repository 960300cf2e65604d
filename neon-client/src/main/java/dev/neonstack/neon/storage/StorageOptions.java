package dev.neonstack.neon.storage;

import dev.neonstack.neon.http.Endpoints;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where storage is and how to speak to it.
 *
 * @param token JWT of scope {@code pageserverapi}; none when the server asks for none
 * @param caFile certificates in PEM, to be trusted instead of the machine's
 */
public record StorageOptions(
    URI url, Dialect dialect, Optional<String> token, Optional<Path> caFile) {

  /** Checks the address and the token. */
  public StorageOptions {
    url = Endpoints.base("storage URL", url);
    token = Endpoints.token("storage token", token);
  }

  @Override
  public String toString() {
    return "StorageOptions[url="
        + url
        + ", dialect="
        + dialect
        + ", token="
        + (token.isPresent() ? "(hidden)" : "none")
        + ", caFile="
        + caFile
        + "]";
  }
}
