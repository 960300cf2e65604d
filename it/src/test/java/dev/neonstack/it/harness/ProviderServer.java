package dev.neonstack.it.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.Map;

/** The provider in a JVM that serves many runs of the CLI, which saves its start in each. */
public final class ProviderServer implements AutoCloseable {
  private final Process process;
  private final int port;

  private ProviderServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static ProviderServer start(Map<String, String> environment, Path log) {
    var jar = Repository.root().resolve("provider/target/provider.jar");
    try {
      var builder =
          new ProcessBuilder(
              Repository.java(),
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-Xlog:disable",
              "-Xlog:all=error:stderr",
              "-XX:SharedArchiveFile=" + jar.resolveSibling("provider.jsa"),
              "-jar",
              jar.toString());
      builder.environment().putAll(environment);
      builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      var process = builder.start();
      var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      var line = out.readLine();
      if (line == null) {
        throw new IllegalStateException("the provider did not start; see " + log);
      }
      return new ProviderServer(process, Integer.parseInt(line.strip()));
    } catch (IOException e) {
      throw new IllegalStateException("cannot start " + jar, e);
    }
  }

  /** What the CLI needs to find it. */
  public Map<String, String> attachment() {
    return Map.of("PULUMI_DEBUG_PROVIDERS", "neonstack:" + port);
  }

  /** Speaks to it as the engine does. */
  public ProviderClient client() {
    return new ProviderClient(port);
  }

  /** Ends it as the kernel would: at once, whatever it is doing. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
