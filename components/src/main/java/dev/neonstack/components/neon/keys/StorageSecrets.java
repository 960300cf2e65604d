package dev.neonstack.components.neon.keys;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import dev.neonstack.components.neon.kube.SecretEntry;
import java.util.List;

/**
 * Where the tokens of the storage are. Every token has one scope and one holder.
 *
 * @param publicKeys every entry is a public key (PEM) that pageservers and safekeepers accept
 * @param controllerPublicKey the public key (PEM) that the storage controller accepts, which takes
 *     one only
 * @param controllerToPageservers scope {@code pageserverapi}
 * @param controllerToSafekeepers scope {@code safekeeperdata}
 * @param controllerToControlPlane what the control plane's hooks accept
 * @param controllerToPeers scope {@code controller_peer}, for the handover to a new instance
 * @param pageserversToController scope {@code generations_api}
 * @param pageserversToSafekeepers scope {@code safekeeperdata}, for reading WAL
 * @param pageserversToDrain scope {@code infra}, for the drain before a pageserver stops
 * @param safekeepersToSafekeepers scope {@code safekeeperdata}
 * @param registrar scope {@code infra}, for the registration of safekeepers
 * @param registrarAdmin scope {@code admin}, without which no safekeeper can be set active
 */
public record StorageSecrets(
    SecretDirectory publicKeys,
    SecretEntry controllerPublicKey,
    SecretEntry controllerToPageservers,
    SecretEntry controllerToSafekeepers,
    SecretEntry controllerToControlPlane,
    SecretEntry controllerToPeers,
    SecretEntry pageserversToController,
    SecretEntry pageserversToSafekeepers,
    SecretEntry pageserversToDrain,
    SecretEntry safekeepersToSafekeepers,
    SecretEntry registrar,
    SecretEntry registrarAdmin) {
  public StorageSecrets {
    requireNonNull(publicKeys, "publicKeys is null");
    for (var entry :
        List.of(
            controllerPublicKey,
            controllerToPageservers,
            controllerToSafekeepers,
            controllerToControlPlane,
            controllerToPeers,
            pageserversToController,
            pageserversToSafekeepers,
            pageserversToDrain,
            safekeepersToSafekeepers,
            registrar,
            registrarAdmin)) {
      requireNonNull(entry, "entry is null");
    }
  }

  /**
   * A Secret that is mounted as a whole.
   *
   * @param secret its name
   * @param version changes when, and only when, an entry does
   */
  public record SecretDirectory(String secret, Output<String> version) {
    public SecretDirectory {
      requireNonNull(secret, "secret is null");
      requireNonNull(version, "version is null");
    }

    /** As a part of a checksum of configuration. */
    public SecretEntry asEntry() {
      return new SecretEntry(secret, "*", version);
    }
  }
}
