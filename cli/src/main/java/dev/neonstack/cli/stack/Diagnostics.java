package dev.neonstack.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the engine, the program and the providers had to say, each thing once. */
final class Diagnostics {
  /** Follows whatever the program has said itself. */
  private static final Pattern ECHO =
      Pattern.compile(
          "an unhandled error occurred: .*exited with non-zero exit code: \\d+"
              + "|(preview|update|refresh|destroy) failed"
              + "|resource .* (violates plan|was not successfully created).*",
          Pattern.DOTALL);

  private static final Pattern PROTECTED =
      Pattern.compile(
          ".*(resource|Resource) .*cannot be deleted\\s*because it is protected.*", Pattern.DOTALL);

  private final List<String> errors = new ArrayList<>();
  private final List<String> echoes = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Keeps one, as it stands in a preview or in an event. */
  void add(JsonNode one) {
    var severity = one.path("severity").asText();
    var message = message(one);
    if (message.isEmpty() || one.path("ephemeral").asBoolean()) {
      return;
    }
    var said = named(one.path("urn").asText(), message);
    if (severity.equals("error")) {
      keep(ECHO.matcher(message).matches() ? echoes : errors, said);
    } else if (!severity.equals("debug")) {
      keep(notes, severity.equals("warning") ? "warning: " + said : said);
    }
  }

  private static void keep(List<String> list, String message) {
    if (!list.contains(message)) {
      list.add(message);
    }
  }

  private static String message(JsonNode one) {
    return one.path("message")
        .asText()
        .replaceAll("<\\{%[^%]*%}>", "")
        .replaceFirst("^(error|warning|info): ", "")
        .strip();
  }

  private static String named(String urn, String message) {
    var name = urn.contains("::") ? urn.substring(urn.lastIndexOf("::") + 2) : "";
    if (PROTECTED.matcher(message).matches()) {
      return name
          + ": it is protected, so it stays and nothing was changed. To remove it, take its protection back in the"
          + " configuration (protected: false), run ./neonstack up, and then remove it";
    }
    return name.isEmpty() || message.contains(name) ? message : name + ": " + message;
  }

  /** What went wrong; what only repeats that something did, where nothing else was said. */
  List<String> errors() {
    return errors.isEmpty() ? List.copyOf(echoes) : List.copyOf(errors);
  }

  /** Warnings, and what programs have printed. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
