package dev.neonstack.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program of this machine.
 *
 * @param path where it lies
 */
record Tool(Path path) {

  private static final long PATIENCE_SECONDS = 30;

  /** What a program printed, errors included, and whether it ended well. */
  record Answer(boolean succeeded, String text) {
    /** The first group of the pattern, where the program ended well and printed a match. */
    Optional<String> find(Pattern pattern) {
      var match = pattern.matcher(text);
      return succeeded && match.find() ? Optional.of(match.group(1)) : Optional.empty();
    }

    String firstLine() {
      return text.lines().filter(line -> !line.isBlank()).findFirst().orElse("it prints nothing");
    }
  }

  /** All programs of this name, in the order of PATH. */
  static Stream<Tool> onPath(Map<String, String> environment, String name) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(environment.getOrDefault("PATH", ""))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .map(Tool::new);
  }

  Answer run(Map<String, String> environment, String... arguments) {
    try {
      var printed = Files.createTempFile("neonstack-doctor-", "");
      try {
        return run(environment, List.of(arguments), printed);
      } finally {
        Files.delete(printed);
      }
    } catch (IOException e) {
      return new Answer(false, String.valueOf(e.getMessage()));
    }
  }

  private Answer run(Map<String, String> environment, List<String> arguments, Path printed)
      throws IOException {
    var command = Stream.concat(Stream.of(path.toString()), arguments.stream()).toList();
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Answer(false, "it does not end within " + PATIENCE_SECONDS + " s");
      }
      return new Answer(process.exitValue() == 0, new String(Files.readAllBytes(printed), UTF_8));
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return new Answer(false, "interrupted");
    }
  }

  static boolean isAtLeast(String version, String wanted) {
    return Version.parse(version).compareTo(Version.parse(wanted)) >= 0;
  }
}
