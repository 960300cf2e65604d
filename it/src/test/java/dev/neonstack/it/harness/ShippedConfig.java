package dev.neonstack.it.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** The configuration of a stack as it is given to users, with the few edits a test needs. */
public record ShippedConfig(String text) {

  /** A file of the repository. */
  public static ShippedConfig read(String file) {
    try {
      return new ShippedConfig(Files.readString(Repository.root().resolve(file), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With another text in one place. */
  public ShippedConfig with(String old, String now) {
    if (!text.contains(old)) {
      throw new IllegalArgumentException("the configuration holds no '" + old + "'");
    }
    return new ShippedConfig(text.replace(old, now));
  }

  /** The storage alone; projects stand at the end. */
  public ShippedConfig withoutProjects() {
    return new ShippedConfig(text.substring(0, text.indexOf("  neonstack:projects:")));
  }

  /** With a section that stands there as a comment, up to the next line that is none. */
  public ShippedConfig uncommented(String key) {
    var lines = new ArrayList<String>();
    var inside = false;
    for (var line : text.lines().toList()) {
      inside = inside ? line.startsWith("  # ") : line.startsWith("  # " + key + ":");
      lines.add(inside ? line.replaceFirst("# ", "") : line);
    }
    return new ShippedConfig(lines.stream().collect(Collectors.joining("\n", "", "\n")));
  }

  /** What stands under {@code config}. */
  public String values() {
    return text.substring(text.indexOf("config:\n") + "config:\n".length()).stripIndent();
  }
}
