package dev.neonstack.stacks.config;

import dev.neonstack.components.neon.kube.SecretEntry;
import java.util.List;
import java.util.Optional;

/** Reads which entry of a Secret of the namespace is meant. */
final class SecretReader {
  private SecretReader() {}

  static Optional<SecretEntry> read(Section section, String key, String defaultEntry) {
    return section
        .section(key, List.of("secret", "key"))
        .map(
            found ->
                SecretEntry.existing(
                    found.required("secret", "the name of a Secret in the namespace", "none"),
                    found.text("key").orElse(defaultEntry)));
  }
}
