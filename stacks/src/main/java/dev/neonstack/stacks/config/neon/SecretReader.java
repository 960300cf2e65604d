package dev.neonstack.stacks.config.neon;

import dev.neonstack.components.neon.kube.SecretEntry;
import dev.neonstack.stacks.config.reading.Section;
import java.util.List;
import java.util.Optional;

/** Reads which entry of a Secret of the namespace is meant. */
public final class SecretReader {
  private SecretReader() {}

  public static Optional<SecretEntry> read(Section section, String key, String defaultEntry) {
    return section
        .section(key, List.of("secret", "key"))
        .map(
            found ->
                SecretEntry.existing(
                    found.required("secret", "the name of a Secret in the namespace", "none"),
                    found.text("key").orElse(defaultEntry)));
  }
}
