package dev.neonstack.local.client;

import static java.util.Objects.requireNonNull;

import dev.neonstack.neon.file.FileLocks;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The one local process of a data folder: found when it runs, started by whoever needs it first.
 *
 * <p>Two locks keep this free of races. The start lock is held by whoever starts or stops the
 * process; the serving lock by the process itself, so that it tells a dead process from a busy one
 * even when the process number was given away again.
 */
public final class LocalProcess {

  private static final Duration SETTLE = Duration.ofSeconds(30);
  private static final Duration CLEAN_EXIT = Duration.ofSeconds(45);
  private static final Duration FORCED_EXIT = Duration.ofSeconds(10);

  private final LocalPaths paths;
  private final LocalLauncher launcher;
  private final StatusProbe probe = new StatusProbe();

  /** The local process of these folders; the environment is what it is started with. */
  public LocalProcess(LocalPaths paths, Map<String, String> environment) {
    this.paths = requireNonNull(paths, "paths is null");
    this.launcher = new LocalLauncher(paths, environment, probe);
  }

  /** The local process of the folders that this environment names. */
  public static LocalProcess ofEnvironment(Map<String, String> environment) {
    return new LocalProcess(LocalPaths.fromEnvironment(environment), environment);
  }

  /** The services of the process that runs now, whatever build it is of. */
  public Optional<LocalServices> find() {
    return state().map(this::services);
  }

  /** The state of the process that runs now. */
  public Optional<LocalState> state() {
    return LocalState.read(paths.stateFile()).filter(probe::serves);
  }

  /** The services of the running process; starts one when none runs or the one there is older. */
  public LocalServices findOrStart() {
    var running = current();
    if (running.isPresent()) {
      return services(running.get());
    }
    createDataDir();
    return underStartLock(
        () -> {
          var other = settled();
          if (other.isPresent()) {
            return services(other.get());
          }
          end();
          return services(launcher.start());
        });
  }

  /** Stops the process, which stops its endpoints first; false when none ran. Data is kept. */
  public boolean stop() {
    return Files.isDirectory(paths.dataDir()) && underStartLock(this::end);
  }

  private Optional<LocalState> current() {
    return state().filter(this::isOfThisBuild);
  }

  private boolean isOfThisBuild(LocalState state) {
    return BuildStamp.of(paths).map(stamp -> stamp.equals(state.build())).orElse(true);
  }

  /** Waits for a process that is just coming up or going down; empty when one has to be started. */
  private Optional<LocalState> settled() throws IOException, InterruptedException {
    var deadline = Instant.now().plus(SETTLE);
    while (isServingLockHeld() && state().isEmpty()) {
      if (Instant.now().isAfter(deadline)) {
        throw new LocalProcessException(
            "A local process holds "
                + paths.dataDir()
                + " but does not answer; run: ./neonstack down, then the same command again.");
      }
      Thread.sleep(50);
    }
    return current();
  }

  private boolean isServingLockHeld() throws IOException {
    var free = FileLocks.tryAcquire(paths.servingLock());
    free.ifPresent(FileLocks.Held::close);
    return free.isEmpty();
  }

  private boolean end() throws IOException, InterruptedException {
    var running = isServingLockHeld();
    if (running) {
      end(holder());
    }
    Files.deleteIfExists(paths.stateFile());
    return running;
  }

  private ProcessHandle holder() {
    return LocalState.read(paths.stateFile())
        .flatMap(state -> ProcessHandle.of(state.pid()))
        .orElseThrow(
            () ->
                new LocalProcessException(
                    "A local process holds "
                        + paths.servingLock()
                        + " without a state file; it is just starting or ending. Wait some seconds"
                        + " and run the same command again."));
  }

  private static void end(ProcessHandle process) throws InterruptedException {
    process.destroy();
    if (!hasEnded(process, CLEAN_EXIT)) {
      process.destroyForcibly();
      if (!hasEnded(process, FORCED_EXIT)) {
        throw new LocalProcessException(
            "The local process "
                + process.pid()
                + " does not end; is it another user's? End it by: kill -9 "
                + process.pid());
      }
    }
  }

  private static boolean hasEnded(ProcessHandle process, Duration within)
      throws InterruptedException {
    try {
      process.onExit().get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new LocalProcessException("Cannot wait for process " + process.pid() + ".", e);
    }
  }

  private LocalServices services(LocalState state) {
    try {
      var apiKey = Files.readString(paths.apiKeyFile()).strip();
      return new LocalServices(
          state.storageUrl(), state.controlPlaneUrl(), apiKey, storageToken(state));
    } catch (IOException e) {
      throw new LocalProcessException(
          "Cannot read the keys in "
              + paths.dataDir()
              + " ("
              + e.getMessage()
              + "); run: ./neonstack down, then ./neonstack up, which makes new ones if they are"
              + " gone.",
          e);
    }
  }

  private Optional<String> storageToken(LocalState state) throws IOException {
    var file = paths.storageTokenFile();
    return Files.exists(file) || isOfThisBuild(state)
        ? Optional.of(Files.readString(file).strip())
        : Optional.empty();
  }

  private void createDataDir() {
    try {
      DataFolder.prepare(paths.dataDir());
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private interface Step<T> {
    T run() throws IOException, InterruptedException;
  }

  private <T> T underStartLock(Step<T> step) {
    try (var held = FileLocks.acquire(paths.startLock())) {
      requireNonNull(held, "held is null");
      return step.run();
    } catch (IOException e) {
      throw unusable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalProcessException("Interrupted while waiting for the local process.", e);
    }
  }

  private LocalProcessException unusable(IOException e) {
    var reason =
        e instanceof FileSystemException file && file.getReason() != null
            ? file.getReason()
            : e.getClass().getSimpleName() + " " + e.getMessage();
    return new LocalProcessException(
        "Cannot use the data folder "
            + paths.dataDir()
            + " ("
            + reason
            + "); make it writable and see that its disk has room, or set NEONSTACK_DATA to another"
            + " folder.",
        e);
  }
}
