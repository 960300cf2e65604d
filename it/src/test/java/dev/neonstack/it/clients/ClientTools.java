package dev.neonstack.it.clients;

import dev.neonstack.it.harness.Folders;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Clients of Neon from the registries of npm and Python, installed once into the cache. */
final class ClientTools {
  /** What ships the schema of Neon's API. */
  static final String SCHEMA = "@neondatabase/api-client/public-v2-for-users.gen.yaml";

  private static final String NPM =
      "npm install --silent --no-audit --no-fund --ignore-scripts --prefix DIR"
          + " neonctl@5.0.1 neon@6.2.3 @neondatabase/api-client@2.7.3";
  private static final String PIP =
      "python3 -m pip install --quiet --disable-pip-version-check --target DIR neon-api==0.3.0";

  /** What this run has tried: a registry that did not answer once is not asked again. */
  private static final Map<String, Optional<Path>> TRIED = new ConcurrentHashMap<>();

  private final Platform platform;
  private final Path home;

  ClientTools(Platform platform, Path home) {
    this.platform = platform;
    this.home = home;
  }

  /** The folder of the modules of npm; empty without npm or its registry. */
  Optional<Path> npm() {
    return installed("clients-npm-1", NPM).map(folder -> folder.resolve("node_modules"));
  }

  /** A folder for PYTHONPATH; empty without pip or its registry. */
  Optional<Path> python() {
    return installed("clients-python-1", PIP);
  }

  private Optional<Path> installed(String name, String command) {
    return TRIED.computeIfAbsent(name, key -> install(name, command));
  }

  private Optional<Path> install(String name, String command) {
    var folder = Repository.cache().resolve(name);
    if (Files.isDirectory(folder)) {
      return Optional.of(folder);
    }
    try {
      Files.createDirectories(Repository.cache());
      var fresh = Files.createTempDirectory(Repository.cache(), name + "-");
      var run = platform.shell(home, command.replace("DIR", "'" + fresh + "'"));
      if (run.code() != 0) {
        Folders.delete(fresh);
        return Optional.empty();
      }
      if (!Files.isDirectory(folder)) {
        Files.move(fresh, folder);
      }
      return Optional.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
