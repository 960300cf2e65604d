package dev.neonstack.bench;

import com.sun.net.httpserver.HttpServer;
import dev.neonstack.controlplane.server.Main;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The server of the control plane as a process of its own, before a storage that has nothing. */
final class CatalogServer implements AutoCloseable {
  private static final String KEY = "key-of-the-benchmark-1234";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final String HEAP = "-Xmx512m";

  private final Path folder;
  private final Map<String, String> settings;
  private final URI url;
  private final HttpServer storage;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private Process process;

  /**
   * A server that does not run yet.
   *
   * @param folder for its key and log
   * @param settings where its catalog is
   */
  CatalogServer(Path folder, Map<String, String> settings) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.settings = settings;
    this.url = URI.create("http://127.0.0.1:" + freePort());
    this.storage = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    storage.createContext(
        "/",
        exchange -> {
          var body = "{\"msg\":\"NotFound: tenant not found\"}".getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(NOT_FOUND, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    storage.start();
    Files.writeString(folder.resolve("key"), KEY);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  void start() throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            HEAP,
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("NEONSTACK_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "NEONSTACK_STORAGE_URL",
                "http://127.0.0.1:" + storage.getAddress().getPort(),
                "NEONSTACK_API_KEY_FILE",
                folder.resolve("key").toString(),
                "NEONSTACK_API_ADDRESS",
                url.getHost(),
                "NEONSTACK_API_PORT",
                String.valueOf(url.getPort()),
                "NEONSTACK_INTERNAL_PORT",
                "0"));
    builder.environment().putAll(settings);
    process = builder.start();
  }

  boolean isReady() {
    try {
      return send("GET", "/ready", "").statusCode() == OK;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Waits until it serves. */
  void awaitReady() throws IOException, InterruptedException {
    while (!isReady()) {
      if (!process.isAlive()) {
        throw new IOException("the server ended:\n" + Files.readString(folder.resolve("log")));
      }
      Thread.sleep(5);
    }
  }

  HttpResponse<String> send(String method, String path, String body) throws IOException {
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  long pid() {
    return process.pid();
  }

  /** Ends it as the kernel would. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly();
    }
    storage.stop(0);
  }
}
