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
import java.util.Optional;

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
  private static final String SAFEKEEPER = "safekeeper";
  private static final String HOOK_PUBLIC_KEY = "hook-public-key";
  private static final String PROXY_PUBLIC_KEY = "proxy-public-key";

  private final Files files;
  private final Output<String> apiKey;

  /**
   * What the pods find in the Secret, which is mounted as a whole.
   *
   * @param storageToken entry with the token for storage, of scope {@code pageserverapi}
   * @param apiKey entry with the key of the API
   * @param safekeeperToken entry with the token for safekeepers, of scope {@code safekeeperdata}
   * @param hookPublicKey entry with the public key (PEM) of who calls the hooks
   * @param proxyPublicKey entry with the public key (PEM) of the proxy; absent: there is none
   * @param apiKeyVersion changes when, and only when, the key of the API does
   */
  public record Files(
      String secret,
      String storageToken,
      String apiKey,
      String safekeeperToken,
      String hookPublicKey,
      Optional<String> proxyPublicKey,
      Output<String> apiKeyVersion) {
    /** The key of the API, as a part of a checksum of configuration. */
    public SecretEntry apiKeyEntry() {
      return new SecretEntry(secret, apiKey, apiKeyVersion);
    }
  }

  /**
   * Declares key, tokens and Secret. Needs a provider of Kubernetes and one of neonstack.
   *
   * @param proxy what the proxy shows; absent: there is none
   */
  public ControlPlaneKeys(
      String name,
      Home home,
      StorageKeys storage,
      Optional<ProxyKeys> proxy,
      ComponentResourceOptions options) {
    super("neonstack:neon:ControlPlaneKeys", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    var clients = new SigningKey(name, SigningKeyArgs.Empty, child);
    var secret = new TokenSecret(name, SECRET, Role.CONTROL_PLANE.word(), child);
    secret.token(STORAGE, Scope.PageserverApi, storage.signer());
    secret.token(SAFEKEEPER, Scope.SafekeeperData, storage.signer());
    secret.entry(HOOK_PUBLIC_KEY, storage.hookPublicKey(), storage.hookKeyId());
    var proxyKey =
        proxy.map(its -> secret.entry(PROXY_PUBLIC_KEY, its.publicKey(), its.keyId()).key());
    var key = secret.token(API_KEY, Scope.ControllerPeer, clients);
    this.apiKey = secret.value(API_KEY);
    this.files =
        new Files(SECRET, STORAGE, API_KEY, SAFEKEEPER, HOOK_PUBLIC_KEY, proxyKey, key.version());
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
