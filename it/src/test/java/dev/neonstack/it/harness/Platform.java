package dev.neonstack.it.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.client.LocalServices;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.storage.Dialect;
import dev.neonstack.neon.storage.StorageClient;
import dev.neonstack.neon.storage.StorageOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the tests of a class share: one data folder with its local process, and one provider.
 * Started by the first test that needs it, ended after the last.
 */
public final class Platform implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final Map<String, String> environment;
  private final LocalProcess local;
  private final List<ProviderServer> providers = new ArrayList<>();
  private ProviderServer shared;

  Platform() {
    try {
      folder = Files.createTempDirectory("neonstack-it-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    environment = environment();
    archive(environment);
    local = new LocalProcess(LocalPaths.fromEnvironment(environment), environment);
  }

  /** Ports that stay the same when the local process is started again. */
  private Map<String, String> environment() {
    var ports = Ports.free(2);
    var variables = new HashMap<String, String>();
    for (var kept : List.of("HOME", "JAVA_HOME", "LANG", "TMPDIR")) {
      Optional.ofNullable(System.getenv(kept)).ifPresent(value -> variables.put(kept, value));
    }
    variables.put("PATH", Repository.pulumi() + ":" + System.getenv("PATH"));
    variables.put("NEONSTACK_HOME", Repository.root().toString());
    variables.put("NEONSTACK_DATA", folder.resolve("data").toString());
    variables.put("NEONSTACK_CACHE", Repository.cache().toString());
    variables.put("NEONSTACK_STORAGE_PORT", ports.get(0).toString());
    variables.put("NEONSTACK_API_PORT", ports.get(1).toString());
    variables.put("NEONSTACK_POSTGRES_PORT", "0");
    variables.put("NEONSTACK_PREBUILT", "unarchived");
    return variables;
  }

  /** Provider and local process start in a third of the time with class-data archives. */
  private static void archive(Map<String, String> environment) {
    var build = Repository.root().resolve("libexec/build").toString();
    Commands.start(Repository.root(), environment, List.of(build)).await().succeeded();
  }

  /** The environment in which everything runs. */
  public Map<String, String> variables() {
    return environment;
  }

  /** Everything the local process keeps. */
  public Path data() {
    return folder.resolve("data");
  }

  /** The services of the local process, which is started when none runs. */
  public LocalServices services() {
    return local.findOrStart();
  }

  /** Stops the local process as `down` does. */
  public void down() {
    local.stop();
  }

  /** Ends the local process at once, in the middle of whatever it is doing. */
  public void killLocalProcess() {
    var pid = local.state().orElseThrow(() -> new IllegalStateException("none runs")).pid();
    var process = ProcessHandle.of(pid).orElseThrow();
    process.destroyForcibly();
    process.onExit().join();
  }

  /** How storage is called. */
  public StorageOptions storageOptions() {
    var services = services();
    return new StorageOptions(
        services.storageUrl(), Dialect.PAGESERVER, services.storageToken(), Optional.empty());
  }

  /** What storage holds, seen past every fault. */
  public StorageClient storage() {
    return new StorageClient(storageOptions());
  }

  /** What the control plane knows. */
  public ControlPlaneClient controlPlane() {
    var services = services();
    return new ControlPlaneClient(
        new ControlPlaneOptions(
            services.controlPlaneUrl(), Optional.of(services.apiKey()), Optional.empty()));
  }

  /** What the control plane answers over HTTP. */
  public ObjectNode call(String method, String path, String body) {
    var services = services();
    var request =
        HttpRequest.newBuilder(services.controlPlaneUrl().resolve(path))
            .header("Authorization", "Bearer " + services.apiKey())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return (ObjectNode) JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at " + path, e);
    }
  }

  /** Makes a project, and returns how to connect to the database that it comes with. */
  public String newDatabase(String project) {
    var body = JSON.createObjectNode();
    body.putObject("project").put("name", project);
    return call("POST", "/api/v2/projects", body.toString())
        .at("/connection_uris/0/connection_uri")
        .asText();
  }

  /** The provider that all tests share. */
  public synchronized ProviderServer provider() {
    if (shared == null) {
      shared = newProvider();
    }
    return shared;
  }

  /** A provider of the caller's own, to be killed. */
  public synchronized ProviderServer newProvider() {
    var provider = ProviderServer.start(environment, providerLog());
    providers.add(provider);
    return provider;
  }

  /** All that providers wrote to their error stream. */
  public Path providerLog() {
    return folder.resolve("provider.log");
  }

  /** Runs a line of shell in the repository. */
  public Run shell(Path pulumiHome, String line) {
    var variables = new HashMap<>(environment);
    variables.put("PULUMI_HOME", pulumiHome.toString());
    return Commands.start(
            folder, variables, List.of("sh", "-ec", "cd \"$NEONSTACK_HOME\"; " + line))
        .await();
  }

  @Override
  public void close() {
    providers.forEach(ProviderServer::close);
    local.stop();
    Folders.delete(folder);
  }
}
