package dev.neonstack.local.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs that neonstack calls. */
final class Programs {

  private final Map<String, String> environment;

  Programs(Map<String, String> environment) {
    this.environment = environment;
  }

  Stream<Check> checks(Path cacheDir) {
    return Stream.of(jdk(), maven(), pulumi(cacheDir), psql());
  }

  private Check jdk() {
    var home = Path.of(System.getProperty("java.home"));
    var version = Runtime.version().feature() + " in " + home;
    return Files.isExecutable(home.resolve("bin/javac"))
        ? Check.ok("JDK", version)
        : Check.broken(
            "JDK",
            version
                + " has no compiler. Fedora: sudo dnf install java-21-openjdk-devel; Debian, Ubuntu:"
                + " sudo apt install default-jdk; macOS: brew install --cask temurin@21");
  }

  private Check maven() {
    return onPath("mvn")
        .map(found -> Check.ok("Maven", found.toString()))
        .orElseGet(
            () ->
                Check.broken(
                    "Maven",
                    "not on PATH. Fedora: sudo dnf install maven; Debian, Ubuntu: sudo apt install"
                        + " maven; macOS: brew install maven"));
  }

  private Check pulumi(Path cacheDir) {
    return onPath("pulumi")
        .or(() -> pinned(cacheDir))
        .map(found -> Check.ok("Pulumi", found.toString()))
        .or(
            () ->
                onPath("go")
                    .map(
                        go -> Check.ok("Pulumi", "not there; ./neonstack up builds it with " + go)))
        .orElseGet(
            () ->
                Check.broken(
                    "Pulumi",
                    "neither pulumi nor go is on PATH. Install one: curl -fsSL"
                        + " https://get.pulumi.com | sh, or Go 1.21 or later"));
  }

  private static Optional<Path> pinned(Path cacheDir) {
    if (!Files.isDirectory(cacheDir)) {
      return Optional.empty();
    }
    return Stream.of(cacheDir.toFile().listFiles())
        .filter(file -> file.getName().startsWith("pulumi-v"))
        .map(file -> file.toPath().resolve("pulumi"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Check psql() {
    return onPath("psql")
        .map(found -> Check.ok("psql", found.toString()))
        .orElseGet(
            () ->
                Check.warning(
                    "psql",
                    "not on PATH, so ./neonstack psql does not work. Fedora: sudo dnf install"
                        + " postgresql; Debian, Ubuntu: sudo apt install postgresql-client; macOS:"
                        + " brew install libpq"));
  }

  private Optional<Path> onPath(String program) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(environment.getOrDefault("PATH", ""))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
