package dev.neonstack.components.neon.keys;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.keys.StorageSecrets.SecretDirectory;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.sdk.SigningKey;
import dev.neonstack.sdk.SigningKeyArgs;
import dev.neonstack.sdk.Token;
import dev.neonstack.sdk.TokenArgs;
import dev.neonstack.sdk.enums.Scope;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The signing keys of Neon's storage and the tokens of its servers, one per holder and scope, each
 * holder's in a Secret of its own.
 *
 * <p>The token for the control plane's hooks is signed by a key that storage does not accept: who
 * reads the hooks' traffic gets nothing to use against storage.
 */
public final class StorageKeys extends ComponentResource {
  /** The Secret with tokens for the people who run the cluster; no pod mounts it. */
  public static final String OPERATOR_SECRET = "storage-operator-tokens";

  /** Its entry of scope {@code admin}. */
  public static final String OPERATOR_ADMIN = "admin";

  /** Its entry of scope {@code pageserverapi}. */
  public static final String OPERATOR_PAGESERVER = "pageserver";

  /** Its entry of scope {@code safekeeperdata}. */
  public static final String OPERATOR_SAFEKEEPER = "safekeeper";

  private static final String PUBLIC_KEYS = "storage-public-keys";

  private final String name;
  private final Home home;
  private final CustomResourceOptions child;
  private final SigningKey signer;
  private final SigningKey hookSigner;
  private final StorageSecrets secrets;
  private final Output<String> providerToken;

  /** Declares keys, tokens and Secrets. Needs a provider of Kubernetes and one of neonstack. */
  public StorageKeys(
      String name, StorageKeysSpec spec, Home home, ComponentResourceOptions options) {
    super("neonstack:neon:StorageKeys", name, options);
    this.name = name;
    this.home = home;
    this.child = CustomResourceOptions.builder().parent(this).build();
    var accepted = new LinkedHashMap<String, SigningKey>();
    spec.accepted().forEach(key -> accepted.put(key, key("-" + key)));
    this.signer = accepted.get(spec.signing());
    this.hookSigner = key("-hooks");
    this.secrets = secrets(accepted);
    operatorTokens();
    this.providerToken = providerToken(signer);
    registerOutputs(Map.of("signingKeyId", signer.keyId()));
  }

  private SigningKey key(String suffix) {
    return new SigningKey(name + suffix, SigningKeyArgs.Empty, child);
  }

  /** Where storage finds its keys and tokens. */
  public StorageSecrets secrets() {
    return secrets;
  }

  /**
   * What the provider neonstack sends to the storage controller, of scope {@code pageserverapi}.
   */
  public Output<String> providerToken() {
    return providerToken;
  }

  /** The key that storage takes tokens of. */
  SigningKey signer() {
    return signer;
  }

  /** What the control plane checks the calls of its hooks with. */
  Output<String> hookPublicKey() {
    return hookSigner.publicKey();
  }

  /** Names that key. */
  Output<String> hookKeyId() {
    return hookSigner.keyId();
  }

  private StorageSecrets secrets(Map<String, SigningKey> accepted) {
    var controller = secret("storage-controller-tokens", Role.STORAGE_CONTROLLER);
    var pageserver = secret("pageserver-tokens", Role.PAGESERVER);
    var safekeeper = secret("safekeeper-tokens", Role.SAFEKEEPER);
    var registrar = secret("safekeeper-registrar-tokens", Role.SAFEKEEPER_REGISTRAR);
    var all =
        new StorageSecrets(
            publicKeys(accepted),
            controller.entry("public-key", signer.publicKey(), signer.keyId()),
            controller.token("pageserver", Scope.PageserverApi, signer),
            controller.token("safekeeper", Scope.SafekeeperData, signer),
            controller.token("control-plane", Scope.Infra, hookSigner),
            controller.token("peer", Scope.ControllerPeer, signer),
            pageserver.token("controller", Scope.GenerationsApi, signer),
            pageserver.token("safekeeper", Scope.SafekeeperData, signer),
            pageserver.token("drain", Scope.Infra, signer),
            safekeeper.token("safekeeper", Scope.SafekeeperData, signer),
            registrar.token("infra", Scope.Infra, signer),
            registrar.token("admin", Scope.Admin, signer));
    controller.declare(home, Role.STORAGE_CONTROLLER);
    pageserver.declare(home, Role.PAGESERVER);
    safekeeper.declare(home, Role.SAFEKEEPER);
    registrar.declare(home, Role.SAFEKEEPER_REGISTRAR);
    return all;
  }

  private TokenSecret secret(String secretName, Role holder) {
    return new TokenSecret(name, secretName, holder.word(), child);
  }

  /** Every entry is a key that is accepted: servers read all files of the directory. */
  private SecretDirectory publicKeys(Map<String, SigningKey> accepted) {
    var secret = new TokenSecret(name, PUBLIC_KEYS, "storage", child);
    accepted.forEach((key, drawn) -> secret.entry(key + ".pem", drawn.publicKey(), drawn.keyId()));
    secret.declare(home, Role.PAGESERVER);
    var versions =
        Output.all(accepted.values().stream().map(SigningKey::keyId).toList())
            .applyValue(ids -> String.join(" ", ids.stream().sorted().toList()));
    return new SecretDirectory(PUBLIC_KEYS, versions);
  }

  private void operatorTokens() {
    var operator = new TokenSecret(name, OPERATOR_SECRET, "operator", child);
    var entries =
        Map.of(
            OPERATOR_ADMIN, Scope.Admin,
            OPERATOR_PAGESERVER, Scope.PageserverApi,
            OPERATOR_SAFEKEEPER, Scope.SafekeeperData);
    entries.keySet().stream()
        .sorted()
        .forEach(key -> operator.token(key, entries.get(key), signer));
    operator.declare(home, Role.STORAGE_CONTROLLER);
  }

  private Output<String> providerToken(SigningKey key) {
    var arguments = TokenArgs.builder().privateKey(key.privateKey()).keyId(key.keyId());
    var scoped = arguments.scope(Scope.PageserverApi).subject("provider");
    return new Token(name + "-provider", scoped.build(), child).jwt();
  }
}
