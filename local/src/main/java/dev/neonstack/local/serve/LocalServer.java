package dev.neonstack.local.serve;

import dev.neonstack.local.client.BuildStamp;
import dev.neonstack.local.client.DataFolder;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcessException;
import dev.neonstack.local.client.LocalState;
import dev.neonstack.neon.file.FileLocks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Emulator and control plane of one data folder, from the lock to the state file. */
public final class LocalServer implements AutoCloseable {

  /** A server that listens. */
  public interface Part extends AutoCloseable {
    URI url();

    @Override
    void close();
  }

  /** Storage, which lives until the control plane has ended. */
  public interface StoragePart extends Part {
    /** Makes nothing any more, but goes on answering. */
    void drain();
  }

  /** Makes the two servers, storage first; each listens when it is returned. */
  public interface Parts {
    StoragePart storage(LocalPaths paths, LocalPorts ports, LocalKeys keys);

    Part controlPlane(LocalPaths paths, LocalPorts ports, LocalKeys keys);
  }

  private static final Logger LOG = LoggerFactory.getLogger(LocalServer.class);
  private static final int LOCK_ATTEMPTS = 50;

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final LocalState state;

  private LocalServer(LocalPaths paths, LocalPorts ports, Parts parts)
      throws IOException, InterruptedException {
    DataFolder.prepare(paths.dataDir());
    open.push(servingLock(paths));
    try {
      Files.deleteIfExists(paths.stateFile());
      ports.requireFree();
      open.push(() -> Files.deleteIfExists(paths.stateFile()));
      state = serve(paths, ports, parts);
      state.write(paths.stateFile());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns when both servers listen and the state file says where. */
  public static LocalServer start(LocalPaths paths, LocalPorts ports, Parts parts)
      throws InterruptedException {
    try {
      return new LocalServer(paths, ports, parts);
    } catch (IOException e) {
      throw new LocalProcessException(
          "cannot use the data folder "
              + paths.dataDir()
              + " ("
              + e.getMessage()
              + "); make it writable and see that its disk has room, or set NEONSTACK_DATA to another"
              + " folder",
          e);
    }
  }

  private static FileLocks.Held servingLock(LocalPaths paths)
      throws IOException, InterruptedException {
    for (var attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
      var lock = FileLocks.tryAcquire(paths.servingLock());
      if (lock.isPresent()) {
        return lock.get();
      }
      Thread.sleep(100);
    }
    throw new LocalProcessException(
        "another local process serves "
            + paths.dataDir()
            + LocalState.read(paths.stateFile())
                .map(other -> " (pid " + other.pid() + ")")
                .orElse("")
            + "; run ./neonstack down first, or set NEONSTACK_DATA to another folder");
  }

  private LocalState serve(LocalPaths paths, LocalPorts ports, Parts parts) throws IOException {
    var keys = LocalKeys.ensure(paths);
    var storage = parts.storage(paths, ports, keys);
    open.push(storage);
    var controlPlane = parts.controlPlane(paths, ports, keys);
    open.push(controlPlane);
    open.push(storage::drain);
    return state(paths, storage.url(), controlPlane.url());
  }

  private static LocalState state(LocalPaths paths, URI storage, URI controlPlane) {
    return new LocalState(
        ProcessHandle.current().pid(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        storage,
        controlPlane,
        BuildStamp.of(paths).orElse("unknown"));
  }

  /** Where it serves. */
  public LocalState state() {
    return state;
  }

  /** Stops the endpoints in an orderly way, then the servers; the lock goes last. */
  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("while stopping", e);
      }
    }
  }
}
