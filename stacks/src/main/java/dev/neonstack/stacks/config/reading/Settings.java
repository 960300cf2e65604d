package dev.neonstack.stacks.config.reading;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The raw settings of a stack.
 *
 * @param value the text of a setting; lists and maps as JSON
 * @param keys every key that is set
 * @param secrets those keys which are secret as a whole or in part, and which Pulumi encrypts
 */
public record Settings(
    Function<String, Optional<String>> value, Set<String> keys, Set<String> secrets) {
  public Settings {
    requireNonNull(value, "value is null");
    keys = Set.copyOf(keys);
    secrets = Set.copyOf(secrets);
  }

  public boolean isSecret(String key) {
    return secrets.contains(key);
  }

  public Optional<String> get(String key) {
    return value.apply(key);
  }
}
