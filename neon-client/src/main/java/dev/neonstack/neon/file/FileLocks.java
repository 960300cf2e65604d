package dev.neonstack.neon.file;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Locks on files that hold between processes and between the threads of one process. */
public final class FileLocks {

  private static final Map<Path, Semaphore> OWN_THREADS = new ConcurrentHashMap<>();

  private FileLocks() {}

  /** A lock that is held; the system lets go of it when the process ends, however it ends. */
  public interface Held extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits until the lock is ours. */
  public static Held acquire(Path file) throws IOException, InterruptedException {
    var threads = threads(file);
    threads.acquire();
    return locked(file, threads, true).orElseThrow();
  }

  /** The lock, if nobody holds it. */
  public static Optional<Held> tryAcquire(Path file) throws IOException {
    var threads = threads(file);
    return threads.tryAcquire() ? locked(file, threads, false) : Optional.empty();
  }

  private static Semaphore threads(Path file) {
    return OWN_THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), any -> new Semaphore(1));
  }

  private static Optional<Held> locked(Path file, Semaphore threads, boolean wait)
      throws IOException {
    FileChannel channel = null;
    var held = false;
    try {
      channel = FileChannel.open(file, CREATE, WRITE);
      held = wait ? channel.lock() != null : channel.tryLock() != null;
      var open = channel;
      return held ? Optional.of(() -> release(open, threads)) : Optional.empty();
    } finally {
      if (!held) {
        if (channel != null) {
          channel.close();
        }
        threads.release();
      }
    }
  }

  private static void release(FileChannel channel, Semaphore threads) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release a lock: " + e.getMessage(), e);
    } finally {
      threads.release();
    }
  }
}
