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
 * What the proxy shows the control plane and Valkey, signed by a key that nothing in storage
 * accepts. Valkey takes its token as a password.
 */
public final class ProxyKeys extends ComponentResource {
  private static final String SECRET = "proxy-tokens";

  private final SigningKey signer;
  private final SecretEntry controlPlane;
  private final SecretEntry valkey;

  /** Declares key, tokens and Secret. Needs a provider of Kubernetes and one of neonstack. */
  public ProxyKeys(String name, Home home, ComponentResourceOptions options) {
    super("neonstack:neon:ProxyKeys", name, options);
    var child = CustomResourceOptions.builder().parent(this).build();
    this.signer = new SigningKey(name, SigningKeyArgs.Empty, child);
    var secret = new TokenSecret(name, SECRET, Role.PROXY.word(), child);
    this.controlPlane = secret.token("control-plane", Scope.Infra, signer);
    this.valkey = secret.token("valkey", Scope.ControllerPeer, signer);
    secret.declare(home, Role.PROXY);
    registerOutputs(Map.of());
  }

  /** The token the proxy shows the control plane. */
  public SecretEntry controlPlane() {
    return controlPlane;
  }

  /** The password of Valkey. */
  public SecretEntry valkey() {
    return valkey;
  }

  /** What the control plane checks the proxy's token with. */
  Output<String> publicKey() {
    return signer.publicKey();
  }

  /** Names that key. */
  Output<String> keyId() {
    return signer.keyId();
  }
}
