package dev.neonstack.components.neon.storage;

/** Text as TOML writes it. */
final class TomlText {
  private TomlText() {}

  /** The text as a basic string. */
  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }
}
