package dev.neonstack.local.client;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the local process keeps its data, what may be thrown away, and where the sources stand.
 *
 * @param dataDir everything that must survive: data of the branches, keys, the state file
 * @param cacheDir what can be made again: Postgres binaries, the pinned Pulumi CLI
 * @param home the repository; absent where only a running process is looked for
 */
public record LocalPaths(Path dataDir, Path cacheDir, Optional<Path> home) {

  /** Checks that nothing is null and makes the folders absolute. */
  public LocalPaths {
    dataDir = requireNonNull(dataDir, "dataDir is null").toAbsolutePath().normalize();
    cacheDir = requireNonNull(cacheDir, "cacheDir is null").toAbsolutePath().normalize();
    home = requireNonNull(home, "home is null").map(path -> path.toAbsolutePath().normalize());
  }

  /** The folders named by NEONSTACK_DATA, NEONSTACK_CACHE and NEONSTACK_HOME, else the XDG ones. */
  public static LocalPaths fromEnvironment(Map<String, String> environment) {
    return new LocalPaths(
        folder(environment, "NEONSTACK_DATA", "XDG_DATA_HOME", ".local/share"),
        folder(environment, "NEONSTACK_CACHE", "XDG_CACHE_HOME", ".cache"),
        value(environment, "NEONSTACK_HOME").map(Path::of));
  }

  private static Path folder(
      Map<String, String> environment, String own, String xdg, String belowHome) {
    return value(environment, own)
        .map(Path::of)
        .or(() -> value(environment, xdg).map(base -> Path.of(base, "neonstack")))
        .orElseGet(
            () ->
                Path.of(
                    value(environment, "HOME").orElseGet(() -> System.getProperty("user.home")),
                    belowHome,
                    "neonstack"));
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  /** Held by whoever starts or stops the local process, for as long as that takes. */
  public Path startLock() {
    return dataDir.resolve("local.lock");
  }

  /** Held by the local process for as long as it lives. */
  public Path servingLock() {
    return dataDir.resolve("serving.lock");
  }

  /** Says which process serves and where. */
  public Path stateFile() {
    return dataDir.resolve("local.json");
  }

  /** The control plane's API key, readable by its owner only. */
  public Path apiKeyFile() {
    return dataDir.resolve("api-key");
  }

  /** Signs tokens for the storage API, readable by its owner only. */
  public Path storageKeyFile() {
    return dataDir.resolve("storage-key");
  }

  /** The half of the storage key that tokens are checked by. */
  public Path storagePublicKeyFile() {
    return dataDir.resolve("storage-key.pub");
  }

  /** A token for everything in the storage API, readable by its owner only. */
  public Path storageTokenFile() {
    return dataDir.resolve("storage-token");
  }

  /** The password of the superuser of every Postgres, readable by its owner only. */
  public Path adminPasswordFile() {
    return dataDir.resolve("admin-password");
  }

  /** The log of the local process, rotated. */
  public Path logFile() {
    return dataDir.resolve("local.log");
  }

  /** What the last start printed; holds the reason when it failed. */
  public Path outputFile() {
    return dataDir.resolve("local.out");
  }

  /** Names the build that the sources under {@link #home} made last. */
  public Optional<Path> buildStampFile() {
    return home.map(path -> path.resolve("local/target/build.stamp"));
  }
}
