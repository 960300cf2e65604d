package dev.neonstack.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** Our provider, started through its plugin as Pulumi starts it. */
final class PluginProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  PluginProcess(Path home) throws IOException {
    this(home, Map.of());
  }

  PluginProcess(Path home, Map<String, String> environment) throws IOException {
    var plugin = home.resolve("provider/plugin/pulumi-resource-neonstack").toString();
    var builder = new ProcessBuilder(plugin).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    process = builder.start();
    var output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    port = Integer.parseInt(output.readLine().strip());
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the provider ended", e);
    }
  }
}
