package dev.neonstack.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs that neonstack calls. */
final class Programs {

  private static final String MAVEN_WANTED = "3.8.1";
  private static final String GO_WANTED = "1.21";
  private static final Pattern MAVEN_VERSION = Pattern.compile("Apache Maven (\\d[\\d.]*\\d)");
  private static final Pattern PULUMI_VERSION = Pattern.compile("v(\\d[\\d.]*\\d)");
  private static final Pattern GO_VERSION = Pattern.compile("go(\\d[\\d.]*\\d)");
  private static final Pattern PINNED =
      Pattern.compile("github\\.com/pulumi/pulumi/pkg/v3 v(\\d[\\d.]*\\d)");
  private static final Path PLAIN = Path.of("libexec", "plain");

  private final Surroundings surroundings;
  private final Map<String, String> environment;

  Programs(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.environment = surroundings.environment();
  }

  Stream<Check> checks() {
    return Stream.of(jdk(), maven(), pulumi(), psql());
  }

  private static Check jdk() {
    var home = Path.of(System.getProperty("java.home"));
    var version = System.getProperty("java.version") + " in " + home;
    return Files.isExecutable(home.resolve("bin/javac"))
        ? Check.ok("JDK", version)
        : Check.problem(
            "JDK",
            version
                + " has no compiler. Fedora: sudo dnf install java-21-openjdk-devel; Debian, Ubuntu:"
                + " sudo apt install default-jdk; macOS: brew install --cask temurin@21");
  }

  private Check maven() {
    var install =
        " Fedora: sudo dnf install maven; Debian, Ubuntu: sudo apt install maven; macOS: brew"
            + " install maven";
    var found = Tool.onPath(environment, "mvn").findFirst();
    if (found.isEmpty()) {
      return Check.problem("Maven", "not on PATH." + install);
    }
    var answer = found.get().run(environment, "-v");
    var version = answer.find(MAVEN_VERSION);
    if (version.isEmpty()) {
      return Check.problem(
          "Maven", found.get().path() + " -v does not run: " + answer.firstLine() + "." + install);
    }
    var finding = version.get() + ", " + found.get().path();
    return Tool.isAtLeast(version.get(), MAVEN_WANTED)
        ? Check.ok("Maven", finding)
        : Check.problem("Maven", finding + "; " + MAVEN_WANTED + " or later is needed." + install);
  }

  private Check pulumi() {
    var wanted = pinnedVersion();
    var theirs =
        Tool.onPath(environment, "pulumi")
            .filter(tool -> !tool.path().getParent().endsWith(PLAIN))
            .findFirst();
    var version = theirs.flatMap(tool -> tool.run(environment, "version").find(PULUMI_VERSION));
    var hasHost = Tool.onPath(environment, "pulumi-language-java").findAny().isPresent();
    if (hasHost && version.filter(found -> Tool.isAtLeast(found, wanted)).isPresent()) {
      return Check.ok("Pulumi", version.get() + ", " + theirs.get().path());
    }
    var notTheirs =
        theirs
            .map(
                tool ->
                    hasHost
                        ? "; " + tool.path() + " is " + version.orElse("of no known version")
                        : "; " + tool.path() + " has no pulumi-language-java")
            .orElse("");
    var own = surroundings.paths().cacheDir().resolve("pulumi-v" + wanted);
    return Files.isExecutable(own.resolve("pulumi"))
            && Files.isExecutable(own.resolve("pulumi-language-java"))
        ? Check.ok("Pulumi", wanted + ", " + own.resolve("pulumi") + notTheirs)
        : go(wanted, notTheirs);
  }

  private Check go(String wanted, String notTheirs) {
    var go = Tool.onPath(environment, "go").findFirst();
    var version = go.flatMap(tool -> tool.run(environment, "env", "GOVERSION").find(GO_VERSION));
    if (version.filter(found -> Tool.isAtLeast(found, GO_WANTED)).isPresent()) {
      return Check.ok(
          "Pulumi",
          "./neonstack up builds "
              + wanted
              + " once, some minutes, with Go "
              + version.get()
              + ", "
              + go.get().path()
              + notTheirs);
    }
    return Check.problem(
        "Pulumi",
        "no pulumi "
            + wanted
            + " or later with pulumi-language-java"
            + notTheirs
            + ", and no Go "
            + GO_WANTED
            + " or later to build it. Pulumi: curl -fsSL https://get.pulumi.com | sh; Go: Fedora:"
            + " sudo dnf install golang; Debian 13, Ubuntu 24.04 and later: sudo apt install"
            + " golang-go; macOS: brew install go; Debian 12 and others: from https://go.dev/dl");
  }

  private String pinnedVersion() {
    return surroundings
        .paths()
        .home()
        .map(home -> home.resolve("tools/go.mod"))
        .flatMap(Programs::pinnedIn)
        .orElse("3");
  }

  private static Optional<String> pinnedIn(Path file) {
    try {
      var match = PINNED.matcher(Files.readString(file));
      return match.find() ? Optional.of(match.group(1)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Check psql() {
    return Tool.onPath(environment, "psql")
        .findFirst()
        .map(found -> Check.ok("psql", found.path().toString()))
        .orElseGet(
            () ->
                Check.warning(
                    "psql",
                    "not on PATH, so ./neonstack psql does not work. Fedora: sudo dnf install"
                        + " postgresql; Debian, Ubuntu: sudo apt install postgresql-client; macOS:"
                        + " brew install libpq"));
  }
}
