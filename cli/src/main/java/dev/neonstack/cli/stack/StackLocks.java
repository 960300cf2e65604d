package dev.neonstack.cli.stack;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The locks that Pulumi keeps beside the state of stacks in a folder. One whose process is gone was
 * left behind by a kill or a power failure. Only the host that made a lock can tell.
 */
public final class StackLocks {
  private static final String FOLDER_URL = "file://";

  /**
   * A lock.
   *
   * @param file where it is
   * @param stack the stack it holds
   * @param holder the process that made it
   * @param host where that process runs
   * @param stale whether the process is known to be gone
   */
  public record Lock(Path file, String stack, long holder, String host, boolean stale) {}

  private final Optional<Path> folder;
  private final String host;

  StackLocks(Optional<Path> folder, String host) {
    this.folder = folder;
    this.host = host;
  }

  /** Those of the backend in use; none where it is no folder. */
  public static StackLocks ofEnvironment(Map<String, String> environment, Path dataDir) {
    var url =
        environment.getOrDefault("PULUMI_BACKEND_URL", FOLDER_URL + dataDir.resolve("pulumi"));
    return new StackLocks(
        Optional.of(url)
            .filter(text -> text.startsWith(FOLDER_URL + "/"))
            .map(text -> Path.of(text.substring(FOLDER_URL.length()), ".pulumi", "locks")),
        thisHost());
  }

  /** As Pulumi has it. */
  private static String thisHost() {
    try {
      var process = new ProcessBuilder("uname", "-n").start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** All there are. */
  public List<Lock> all() {
    if (folder.filter(Files::isDirectory).isEmpty()) {
      return List.of();
    }
    try (var files = Files.walk(folder.get())) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those of one stack. */
  Stream<Lock> of(String stack) {
    return all().stream().filter(lock -> lock.stack().equals(stack));
  }

  /** Takes away what a process that has ended has left behind. */
  void liftOf(long pid) {
    all().stream().filter(lock -> lock.holder() == pid && lock.stale()).forEach(StackLocks::lift);
  }

  /** Takes a stale one away, with what Pulumi has noted of the file. */
  static void lift(Lock lock) {
    try {
      Files.deleteIfExists(lock.file());
      Files.deleteIfExists(lock.file().resolveSibling(lock.file().getFileName() + ".attrs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Lock> read(Path file) {
    try {
      var content = JsonMapper.builder().build().readTree(file.toFile());
      var holder = content.path("pid").asLong();
      var madeOn = content.path("hostname").asText();
      var stack = file.getParent().getFileName().toString();
      return Optional.of(
          new Lock(file, stack, holder, madeOn, madeOn.equals(host) && isGone(holder)));
    } catch (IOException goneOrHalfWritten) {
      return Optional.empty();
    }
  }

  /** A number may have been given to another process since; what it runs tells. */
  private static boolean isGone(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(
            process ->
                process
                    .info()
                    .command()
                    .map(command -> !Path.of(command).getFileName().toString().equals("pulumi"))
                    .orElse(false))
        .orElse(true);
  }
}
