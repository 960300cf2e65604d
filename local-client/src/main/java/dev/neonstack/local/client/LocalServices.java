package dev.neonstack.local.client;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * What a client needs to use the local process.
 *
 * @param storageUrl the storage API of the emulator
 * @param controlPlaneUrl the control plane
 * @param apiKey the control plane's API key, a secret
 * @param storageToken a token of the storage API, a secret; none where a process of an older build
 *     asks for none
 */
public record LocalServices(
    URI storageUrl, URI controlPlaneUrl, String apiKey, Optional<String> storageToken) {

  /** Checks that nothing is null. */
  public LocalServices {
    requireNonNull(storageUrl, "storageUrl is null");
    requireNonNull(controlPlaneUrl, "controlPlaneUrl is null");
    requireNonNull(apiKey, "apiKey is null");
    requireNonNull(storageToken, "storageToken is null");
  }

  @Override
  public String toString() {
    return "LocalServices[storageUrl=" + storageUrl + ", controlPlaneUrl=" + controlPlaneUrl + "]";
  }
}
