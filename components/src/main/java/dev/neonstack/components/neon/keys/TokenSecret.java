package dev.neonstack.components.neon.keys;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.resources.CustomResourceOptions;
import dev.neonstack.components.neon.kube.Home;
import dev.neonstack.components.neon.kube.Metadata;
import dev.neonstack.components.neon.kube.Role;
import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.sdk.SigningKey;
import dev.neonstack.sdk.Token;
import dev.neonstack.sdk.TokenArgs;
import dev.neonstack.sdk.enums.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The Secret of one holder, with a token of its own for each scope it needs. */
final class TokenSecret {
  private final String component;
  private final String name;
  private final String holder;
  private final CustomResourceOptions child;
  private final List<String> keys = new ArrayList<>();
  private final List<Output<String>> values = new ArrayList<>();

  TokenSecret(String component, String name, String holder, CustomResourceOptions child) {
    this.component = component;
    this.name = name;
    this.holder = holder;
    this.child = child;
  }

  /** Signs a token and puts it into the Secret. */
  SecretEntry token(String key, Scope scope, SigningKey signer) {
    var token =
        new Token(
            component + "-" + holder + "-" + key,
            TokenArgs.builder()
                .privateKey(signer.privateKey())
                .keyId(signer.keyId())
                .scope(scope)
                .subject(holder)
                .build(),
            child);
    // The same key signs the same claims to the same token, so this says all there is to a version.
    var version = signer.keyId().applyValue(id -> id + " " + scope.getValue() + " " + holder);
    return entry(key, token.jwt(), version);
  }

  SecretEntry entry(String key, Output<String> value, Output<String> version) {
    keys.add(key);
    values.add(value);
    return new SecretEntry(name, key, version);
  }

  /** What an entry that was put into it holds. */
  Output<String> value(String key) {
    return values.get(keys.indexOf(key));
  }

  /** Declares the Secret with all that was put into it. */
  void declare(Home home, Role role) {
    new Secret(
        component + "-" + name,
        SecretArgs.builder()
            .metadata(Metadata.of(home.namespace(), name, role).build())
            .stringData(Output.all(values).applyValue(this::byKey))
            .build(),
        child);
  }

  private Map<String, String> byKey(List<String> contents) {
    var data = new HashMap<String, String>();
    for (var index = 0; index < contents.size(); index++) {
      data.put(keys.get(index), contents.get(index));
    }
    return data;
  }
}
