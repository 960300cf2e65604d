package dev.neonstack.components.neon.kube;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;

/**
 * One entry of a Secret.
 *
 * @param secret name of the Secret
 * @param key of the entry
 * @param version changes when, and only when, the content does; it is shown in the clear
 */
public record SecretEntry(String secret, String key, Output<String> version) {
  public SecretEntry {
    requireNonNull(secret, "secret is null");
    requireNonNull(key, "key is null");
    requireNonNull(version, "version is null");
  }

  /** An entry somebody else looks after; a change of its content restarts nothing. */
  public static SecretEntry existing(String secret, String key) {
    return new SecretEntry(secret, key, Output.of(""));
  }
}
