package dev.neonstack.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.sun.net.httpserver.HttpServer;
import dev.neonstack.neon.file.FileLocks;
import dev.neonstack.neon.file.OwnerOnly;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** A local process without emulator or control plane: same locks, same state file, same answer. */
final class FakeLocal {

  private FakeLocal() {}

  public static void main(String[] args) throws IOException {
    var paths = LocalPaths.fromEnvironment(System.getenv());
    var lock = FileLocks.tryAcquire(paths.servingLock());
    if (lock.isEmpty()) {
      throw new IllegalStateException("a second process");
    }
    Files.writeString(
        paths.dataDir().resolve("starts"), ProcessHandle.current().pid() + "\n", CREATE, APPEND);
    OwnerOnly.replace(paths.apiKeyFile(), "the-key\n");
    OwnerOnly.replace(paths.storageTokenFile(), "the-token\n");
    var url = serveStatus();
    var build = BuildStamp.of(paths).orElse("none");
    new LocalState(ProcessHandle.current().pid(), "now", url, url, build).write(paths.stateFile());
  }

  private static URI serveStatus() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var body = ("{\"pid\":" + ProcessHandle.current().pid() + "}").getBytes(UTF_8);
    server.createContext(
        "/neonstack/v1/status",
        exchange -> {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A home whose libexec/local runs this class, and whose libexec/detached is the real one. */
  static Path home(Path folder) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    return homeRunning(
        folder,
        "exec '%s' -Xshare:auto -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s"
            .formatted(java, System.getProperty("java.class.path"), FakeLocal.class.getName()));
  }

  /** A home whose libexec/local is this shell command. */
  static Path homeRunning(Path folder, String command) throws IOException {
    var libexec = Files.createDirectories(folder.resolve("home/libexec"));
    var real = Path.of("..", "libexec", "detached").toAbsolutePath().normalize();
    executable(libexec.resolve("detached"), "exec '" + real + "' \"$@\"");
    executable(libexec.resolve("local"), command);
    return folder.resolve("home");
  }

  private static void executable(Path file, String command) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + command + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }
}
