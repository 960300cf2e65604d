package dev.neonstack.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.neon.storage.StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The server of the control plane as its image starts it, from the jars that the image copies: one
 * catalog, and one process at a time.
 */
public final class ControlPlaneServer implements AutoCloseable {
  private static final String KEY = "key-of-the-tests-" + "0123456789".repeat(2);
  private static final Path JARS = Repository.root().resolve("control-plane/target/image");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 60;

  private final Path folder;
  private final Map<String, String> environment;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();
  private Optional<Process> process = Optional.empty();

  /**
   * A server that does not run yet, with a key of its own.
   *
   * @param folder for its keys, catalog and log
   * @param storage speaks the dialect of a pageserver and asks for a token
   */
  public ControlPlaneServer(Path folder, StorageOptions storage) throws IOException {
    this(folder, environment(folder, storage));
  }

  /**
   * A server that does not run yet.
   *
   * @param folder for its log
   * @param environment all that it is told
   */
  public ControlPlaneServer(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
    this.url =
        URI.create(
            "http://%s:%s"
                .formatted(
                    environment.get("NEONSTACK_API_ADDRESS"),
                    environment.get("NEONSTACK_API_PORT")));
  }

  private static Map<String, String> environment(Path folder, StorageOptions storage)
      throws IOException {
    var key = Files.writeString(folder.resolve("key"), KEY + "\n");
    var token = Files.writeString(folder.resolve("token"), storage.token().orElseThrow() + "\n");
    return Map.of(
        "NEONSTACK_STORAGE_URL", storage.url().toString(),
        "NEONSTACK_STORAGE_TOKEN_FILE", token.toString(),
        "NEONSTACK_STORAGE_DIALECT", "pageserver",
        "NEONSTACK_API_KEY_FILE", key.toString(),
        "NEONSTACK_API_ADDRESS", "127.0.0.1",
        "NEONSTACK_API_PORT", String.valueOf(Ports.free(1).get(0)),
        "NEONSTACK_INTERNAL_PORT", "0",
        "NEONSTACK_CATALOG_FOLDER", folder.resolve("data").toString(),
        "NEONSTACK_SWEEP_INTERVAL", "1s");
  }

  /** An answer. */
  public record Answer(int status, JsonNode json) {
    /** The text at a pointer such as {@code /branch/id}. */
    public String text(String pointer) {
      return json.at(pointer).asText();
    }
  }

  /** Starts it and waits until it listens. */
  public void start() throws IOException {
    var started = launch(Map.of());
    Wait.until(
        "the server listens: " + log(),
        () -> {
          if (!started.isAlive()) {
            throw new AssertionError("the server ended: " + log());
          }
          return listens();
        });
  }

  /** Starts it with other settings than it should have, and waits for its end; the exit code. */
  public int startWrongly(Map<String, String> settings) throws IOException {
    return await(launch(settings));
  }

  private Process launch(Map<String, String> settings) throws IOException {
    var builder = new ProcessBuilder(command()).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().putAll(settings);
    var started = builder.start();
    process = Optional.of(started);
    started.getOutputStream().close();
    return started;
  }

  /** The entry point of the image, with this machine's Java and folder. */
  private static List<String> command() throws IOException {
    var dockerfile = Repository.root().resolve("images/control-plane/Dockerfile");
    var entryPoint =
        Files.readAllLines(dockerfile).stream()
            .filter(line -> line.startsWith("ENTRYPOINT "))
            .findFirst()
            .orElseThrow();
    var command = new ArrayList<String>();
    JSON.readTree(entryPoint.substring(entryPoint.indexOf('[')))
        .forEach(word -> command.add(word.asText().replace("/opt/neonstack", JARS.toString())));
    command.set(0, Repository.java());
    return command;
  }

  private boolean listens() {
    try {
      return send("GET", "/live", "", Optional.empty()).status() == 200;
    } catch (ConnectException notYet) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls it with its key. */
  public Answer call(String method, String path, String body) throws IOException {
    return send(method, path, body, Optional.of(KEY));
  }

  /** Calls it without a key. */
  public Answer get(String path) throws IOException {
    return send("GET", path, "", Optional.empty());
  }

  private Answer send(String method, String path, String body, Optional<String> key)
      throws IOException {
    var request =
        HttpRequest.newBuilder(url.resolve(path)).method(method, BodyPublishers.ofString(body));
    key.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling " + path, e);
    }
  }

  /** Everything it has said since it was first started. */
  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What clients send, which it never says. */
  public String key() {
    return KEY;
  }

  /** Ends it as the kernel would: at once, whatever it is doing. */
  public void kill() {
    process.orElseThrow().destroyForcibly();
    await(process.orElseThrow());
  }

  /** Asks it to end, and waits for that; the exit code. */
  public int end() {
    process.orElseThrow().destroy();
    return await(process.orElseThrow());
  }

  private int await(Process one) {
    try {
      if (!one.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        one.destroyForcibly();
        throw new AssertionError("the server does not end: " + log());
      }
      return one.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the server", e);
    }
  }

  @Override
  public void close() {
    process.ifPresent(Process::destroyForcibly);
  }
}
