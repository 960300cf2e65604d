package dev.neonstack.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.rest.Listen;
import dev.neonstack.controlplane.sql.SqlCatalog;
import dev.neonstack.controlplane.sql.SqliteDatabase;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A control plane over fakes, and a client that sees what goes over the wire. */
public final class ApiFixture implements AutoCloseable {
  /** The key it asks for. */
  public static final String KEY = "test-key-test-key-test-key";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path catalog;
  private final InMemoryStorage storage = new InMemoryStorage();
  private InMemoryComputeRuntime runtime = new InMemoryComputeRuntime();
  private ControlPlane controlPlane;

  /** An answer. */
  public record Answer(int status, JsonNode json) {
    /** The text at a pointer such as {@code /branch/id}. */
    public String text(String pointer) {
      return json.at(pointer).asText();
    }
  }

  public ApiFixture(Path directory) {
    this.catalog = directory;
    storage.keepDataBy((parent, child) -> runtime.branchOff(parent, child));
    start(runtime);
  }

  private void start(ComputeRuntime with) {
    var config =
        new ControlPlaneConfig(new Listen("127.0.0.1", 0), KEY, 0, Duration.ofMillis(100), 2);
    controlPlane = ControlPlane.start(config, SqlCatalog.inFolder(catalog), storage, with);
  }

  /** Stops it and starts it over the same catalog; the processes of the runtime are gone. */
  public void restart() {
    restart(new InMemoryComputeRuntime());
  }

  /** As restart, with starts held back. */
  public void restart(InMemoryComputeRuntime with) {
    with.continueOn(runtime);
    runtime = with;
    restartOn(with);
  }

  /** As restart, on a runtime of another kind. */
  public void restartOn(ComputeRuntime with) {
    controlPlane.close();
    start(with);
  }

  public InMemoryStorage storage() {
    return storage;
  }

  public InMemoryComputeRuntime runtime() {
    return runtime;
  }

  /** What the catalog has of branches, endpoints and operations. */
  public List<String> stored() {
    var sql =
        "select body from branch union all select body from endpoint union all select body from operation";
    var bodies = new ArrayList<String>();
    try (var connection = new SqliteDatabase(catalog.resolve("catalog.db")).connect();
        var query = connection.prepareStatement(sql);
        var rows = query.executeQuery()) {
      while (rows.next()) {
        bodies.add(rows.getString(1));
      }
      return bodies;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public ControlPlane controlPlane() {
    return controlPlane;
  }

  public ControlPlaneClient client() {
    return new ControlPlaneClient(
        new ControlPlaneOptions(controlPlane.url(), Optional.of(KEY), Optional.empty()));
  }

  /** Calls with the right key; the body is JSON with single quotes. */
  public Answer call(String method, String path, String body) {
    return call(method, path, body, Optional.of("Bearer " + KEY));
  }

  public Answer call(String method, String path) {
    return call(method, path, "");
  }

  public Answer call(String method, String path, String body, Optional<String> authorization) {
    var request =
        HttpRequest.newBuilder(controlPlane.url().resolve(path))
            .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    authorization.ifPresent(value -> request.header("Authorization", value));
    try {
      var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), ControlPlaneJson.mapper().readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A new project through REST, with all it holds. */
  public Answer project() {
    return call("POST", "/api/v2/projects", "{'project':{'name':'demo'}}");
  }

  @Override
  public void close() {
    controlPlane.close();
  }
}
