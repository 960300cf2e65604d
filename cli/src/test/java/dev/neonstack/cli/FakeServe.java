package dev.neonstack.cli;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.local.serve.LocalServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** What {@code libexec/local serve} runs in tests: a local process without Postgres. */
final class FakeServe {

  private FakeServe() {}

  public static void main(String[] args) throws InterruptedException {
    var server =
        LocalServer.start(
            LocalPaths.fromEnvironment(System.getenv()), new LocalPorts(0, 0, 0), new FakeParts());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    new CountDownLatch(1).await();
  }

  /** A home whose local process this is. */
  static Path home(Path folder) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    return home(
        folder,
        "exec '%s' -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s"
            .formatted(java, System.getProperty("java.class.path"), FakeServe.class.getName()));
  }

  /** A home whose local process is this shell command. */
  static Path home(Path folder, String command) throws IOException {
    var home = folder.resolve("home");
    Files.createDirectories(home.resolve("libexec"));
    FakeProgram.write(home.resolve("libexec/detached"), "exec \"$@\"");
    FakeProgram.write(home.resolve("libexec/local"), command);
    return home;
  }
}
