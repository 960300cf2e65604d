package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Asks PostgreSQL what it says of settings: a server on an empty data directory that is given no
 * address. It reads the settings, loads libraries, takes its shared memory, and ends because there
 * is nothing to listen on.
 */
final class Rehearsal {
  private static final String PASSED = "no socket created for listening";
  private static final Pattern SAID =
      Pattern.compile("^(?:LOG|WARNING|ERROR|FATAL|PANIC|postgres): +(.*)$");
  private static final Pattern HINT = Pattern.compile("^(?:HINT|DETAIL): +(.*)$");
  private static final Pattern PLACE = Pattern.compile(" in file \".*\" line \\d+");
  private static final Pattern NO_OBJECTION =
      Pattern.compile(
          PASSED
              + "|database system is shut down|starting PostgreSQL.*|skipping missing .*"
              + "|configuration file .* contains errors");

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final List<String> FOLDERS =
      List.of("global", "pg_dynshmem", "pg_notify", "pg_replslot", "pg_stat", "pg_stat_tmp");

  private final Path directory;
  private final Templates templates;
  private final PostgresBinaries binaries;
  private final ServerUser user;

  Rehearsal(Path directory, Templates templates, PostgresBinaries binaries, ServerUser user) {
    this.directory = directory;
    this.templates = templates;
    this.binaries = binaries;
    this.user = user;
  }

  /** Takes away what a process that was killed left. */
  void removeLeftovers() throws IOException {
    Trees.delete(directory);
  }

  /** What is said against the settings. */
  Optional<String> objection(int major, Map<String, String> settings) {
    var stage = Trees.temporary(directory.resolve("stage"));
    try {
      try {
        set(stage, Template.data(templates.ofMajor(major).directory()), settings);
        var home = binaries.home(major);
        return verdict(Commands.run(user.command(stage, home, command(home, stage))).output());
      } finally {
        Trees.delete(stage);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot try settings of PostgreSQL", e);
    }
  }

  private void set(Path stage, Path template, Map<String, String> settings) throws IOException {
    Files.createDirectories(directory);
    Files.createDirectory(stage, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    for (var folder : FOLDERS) {
      Files.createDirectory(stage.resolve(folder));
    }
    for (var file : List.of("PG_VERSION", "global/pg_control")) {
      Files.copy(template.resolve(file), stage.resolve(file));
    }
    Files.writeString(stage.resolve("postgresql.conf"), PostgresSettings.file(settings));
    user.own(stage);
  }

  private static List<String> command(PostgresHome home, Path stage) {
    var command = new ArrayList<>(List.of(home.program("postgres")));
    command.addAll(List.of("-D", stage.toString()));
    command.addAll(PostgresSettings.options("", 1, false));
    for (var plain : List.of("log_min_messages=warning", "log_error_verbosity=default")) {
      command.addAll(List.of("-c", plain));
    }
    command.addAll(List.of("-c", "log_line_prefix="));
    return command;
  }

  private static Optional<String> verdict(String output) {
    var said = new ArrayList<String>();
    for (var line : output.lines().toList()) {
      var message = SAID.matcher(line.strip());
      var hint = HINT.matcher(line.strip());
      if (message.matches()) {
        said.add(PLACE.matcher(message.group(1)).replaceAll(""));
      } else if (hint.matches() && !said.isEmpty()) {
        said.add(said.remove(said.size() - 1) + " (" + hint.group(1) + ")");
      }
    }
    var objections =
        said.stream()
            .filter(text -> !NO_OBJECTION.matcher(text).matches())
            .distinct()
            .collect(Collectors.joining("; "));
    if (!objections.isEmpty()) {
      return Optional.of(objections);
    }
    return output.contains(PASSED) ? Optional.empty() : Optional.of(output.strip());
  }
}
