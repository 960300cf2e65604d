package dev.neonstack.it.harness;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The sources the tests stand in, the jars built from them, and the Pulumi CLI to use. */
public final class Repository {
  private Repository() {}

  /** The top folder of the sources. */
  public static Path root() {
    return Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
        .takeWhile(folder -> folder != null)
        .filter(folder -> Files.isDirectory(folder.resolve("libexec")))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the tests run outside the repository"));
  }

  /** Copies a folder of it into another one, under the same name. */
  public static void copy(String name, Path target) throws IOException {
    Files.createDirectories(target.resolve(name).getParent());
    try (var paths = Files.walk(root().resolve(name))) {
      for (var path : paths.toList()) {
        Files.copy(path, target.resolve(root().relativize(path).toString()));
      }
    }
  }

  /** Where things are kept that can be made again. */
  public static Path cache() {
    return environment("NEONSTACK_CACHE")
        .map(Path::of)
        .orElseGet(
            () ->
                environment("XDG_CACHE_HOME")
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("neonstack"));
  }

  /** The folder that holds pulumi and its Java language host. */
  static Path pulumi() {
    var candidates =
        Stream.of(
                environment("NEONSTACK_PULUMI").map(Path::of).stream(),
                Stream.of(cache().resolve("pulumi-" + pinnedVersion())),
                Arrays.stream(environment("PATH").orElse("").split(File.pathSeparator))
                    .map(Path::of))
            .flatMap(folders -> folders);
    return candidates
        .filter(folder -> Files.isExecutable(folder.resolve("pulumi")))
        .filter(folder -> Files.isExecutable(folder.resolve("pulumi-language-java")))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no pulumi with pulumi-language-java was found in NEONSTACK_PULUMI, in "
                        + cache()
                        + " or on PATH; run: ./neonstack preview"));
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * A program that {@code ./neonstack test} builds from the Go modules that {@code tools/NAME}
   * pins.
   *
   * @param module whose version it carries
   */
  public static Path tool(String name, String module) {
    var version = pinned(root().resolve("tools").resolve(name).resolve("go.mod"), module);
    var program = cache().resolve(name + "-" + version).resolve(name);
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException(
          "there is no " + program + "; build it, once, with: ./neonstack test");
    }
    return program;
  }

  /** The files with what operators define, which {@code ./neonstack test} fetches once. */
  public static Path crds() {
    var folder = cache().resolve("crds");
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          "there is no " + folder + "; fetch it, once, with: ./neonstack test");
    }
    return folder;
  }

  private static String pinnedVersion() {
    return pinned(root().resolve("tools/go.mod"), "github.com/pulumi/pulumi/pkg/v3");
  }

  private static String pinned(Path file, String module) {
    try {
      var pin = Pattern.compile(Pattern.quote(module) + " (v[0-9a-z.-]+)");
      var match = pin.matcher(Files.readString(file));
      if (!match.find()) {
        throw new IllegalStateException(file + " does not name " + module);
      }
      return match.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> environment(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }
}
