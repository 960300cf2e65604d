package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Sees that the servers below a directory end with this process, also when it is killed. */
final class ServerWatch implements AutoCloseable {
  private static final Path SCRIPT = Path.of("src/test/resources/end-servers.sh").toAbsolutePath();

  private final Process script;

  ServerWatch(Path directory) {
    try {
      script =
          new ProcessBuilder("sh", SCRIPT.toString(), directory.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends what still runs, as the end of this process would. */
  @Override
  public void close() {
    try {
      script.getOutputStream().close();
      script.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
