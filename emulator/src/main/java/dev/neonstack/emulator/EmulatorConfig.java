package dev.neonstack.emulator;

import static java.util.Objects.requireNonNull;

import dev.neonstack.neon.auth.PublicPem;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the emulator runs.
 *
 * @param dataDir where everything is kept; made when it is not there
 * @param port where it listens on 127.0.0.1; 0 is any free port
 * @param adminPasswordFile holds the password of the superuser of every server
 * @param cacheDir where the PostgreSQL binaries are unpacked
 * @param offloadAfter how long after it was archived a timeline is offloaded
 * @param waitLsnTimeout how long a branch above the head of its parent waits
 * @param key signs the tokens that callers must bear; without one everybody may call
 */
@RecordBuilder
public record EmulatorConfig(
    Path dataDir,
    int port,
    Path adminPasswordFile,
    Path cacheDir,
    Duration offloadAfter,
    Duration waitLsnTimeout,
    Optional<PublicPem> key) {

  public EmulatorConfig {
    requireNonNull(dataDir, "dataDir is null");
    requireNonNull(adminPasswordFile, "adminPasswordFile is null");
    requireNonNull(cacheDir, "cacheDir is null");
    requireNonNull(offloadAfter, "offloadAfter is null");
    requireNonNull(waitLsnTimeout, "waitLsnTimeout is null");
    requireNonNull(key, "key is null");
  }

  /** With the times of a pageserver (offload after 20 s, wait for 300 s) and without a key. */
  public static EmulatorConfig of(Path dataDir, int port, Path adminPasswordFile, Path cacheDir) {
    return new EmulatorConfig(
        dataDir,
        port,
        adminPasswordFile,
        cacheDir,
        Duration.ofSeconds(20),
        Duration.ofSeconds(300),
        Optional.empty());
  }

  public EmulatorConfig withOffloadAfter(Duration changed) {
    return EmulatorConfigBuilder.builder(this).offloadAfter(changed).build();
  }

  public EmulatorConfig withWaitLsnTimeout(Duration changed) {
    return EmulatorConfigBuilder.builder(this).waitLsnTimeout(changed).build();
  }

  public EmulatorConfig withKey(PublicPem changed) {
    return EmulatorConfigBuilder.builder(this).key(Optional.of(changed)).build();
  }

  @Override
  public String toString() {
    return "EmulatorConfig[dataDir=" + dataDir + ", port=" + port + "]";
  }
}
