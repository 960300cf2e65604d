package dev.neonstack.components.neon.keys;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.sdk.SigningKey;
import dev.neonstack.sdk.SigningKeyArgs;
import dev.neonstack.sdk.enums.Scope;
import java.util.Map;

/**
 * What the control plane shows storage, and what it checks its callers with. Its clients' key is a
 * token of a key that nothing accepts: it opens the API and nothing else.
 */
public final class ControlPlaneKeys extends ComponentResource {
  /** The Secret with all of it, which people read the API's key from. */
  public static final String SECRET = "control-plane-tokens";

  /** Its entry with the key of the API. */
  public static final String API_KEY = "api-key";

  private static final String STORAGE = "storage";
  private static final String HOOK_PUBLIC_KEY = "hook-public-key";

  private final Files files;
  private final Output<String> apiKey;

  /**
   * What the pods find in the Secret, which is mounted as a whole.
   *
   * @param storageToken entry with the token for storage, of scope {@code pageserverapi}
   * @param apiKey entry with the key of the API
   * @param hookPublicKey entry with the public key (PEM) of who calls the hooks
   * @param apiKeyVersion changes when, and only when, the key of the API does
   */
  public record Files(
      String secret,
      String storageToken,
      String apiKey,
      String hookPublicKey,
      Output<String> apiKeyVersion) {
    /** The key of the API, as a part of a checksum of configuration. */
    public SecretEntry apiKeyEntry() {
      return new SecretEntry(secret, apiKey, apiKeyVersion);
    }
  }

  /** Declares key, tokens and Secret. Needs a provider of Kubernetes and one of neonstack. */
  public ControlPlaneKeys(
      String name, Home home, StorageKeys storage, ComponentResourceOptions options) {
    super("neonstack:neon:ControlPlaneKeys", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var clients = new SigningKey(name, SigningKeyArgs.Empty, child);
    var secret = new TokenSecret(name, SECRET, Role.CONTROL_PLANE.word(), child);
    secret.token(STORAGE, Scope.PageserverApi, storage.signer());
    secret.entry(HOOK_PUBLIC_KEY, storage.hookPublicKey(), storage.hookKeyId());
    var key = secret.token(API_KEY, Scope.ControllerPeer, clients);
    this.apiKey = secret.value(API_KEY);
    this.files = new Files(SECRET, STORAGE, API_KEY, HOOK_PUBLIC_KEY, key.version());
    secret.declare(home, Role.CONTROL_PLANE);
    registerOutputs(Map.of());
  }

  /** What the pods find. */
  public Files files() {
    return files;
  }

  /** What clients of the API send. */
  public Output<String> apiKey() {
    return apiKey;
  }
}
