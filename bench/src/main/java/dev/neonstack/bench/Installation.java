package dev.neonstack.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A throw-away installation: its own data directory, Pulumi home, backend and stack file. */
final class Installation {
  private static final String STACK = "local";

  private final Path home;
  private final Path folder;
  private final Map<String, String> environment = new TreeMap<>();

  /**
   * Names the folders; nothing is made in the first.
   *
   * @param home the repository root
   * @param folder where everything of this installation lives
   */
  Installation(Path home, Path folder) throws IOException {
    this.home = home;
    this.folder = folder;
    Files.createDirectories(folder.resolve("backend"));
    environment.put("NEONSTACK_HOME", home.toString());
    environment.put("NEONSTACK_DATA", folder.resolve("data").toString());
    environment.put("NEONSTACK_STORAGE_PORT", "0");
    environment.put("NEONSTACK_API_PORT", "0");
    environment.put("NEONSTACK_POSTGRES_PORT", "0");
    environment.put("PULUMI_HOME", folder.resolve("pulumi").toString());
    environment.put("PULUMI_BACKEND_URL", "file://" + folder.resolve("backend"));
    environment.put("PULUMI_CONFIG_PASSPHRASE", "bench");
    environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
    environment.put("PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER", "true");
  }

  /** What every process of this installation finds in its environment. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** Takes the stack file of the repository as it is. */
  void declareExample() throws IOException {
    Files.copy(home.resolve("Pulumi.local.yaml"), stackFile());
  }

  /** Makes the stack with one project, whose root branch has so many children without endpoints. */
  void declare(int children) throws IOException {
    var yaml = new ArrayList<String>();
    yaml.add("config:");
    yaml.add("  neonstack:target: local");
    yaml.add("  neonstack:projects:");
    yaml.add("    - name: bench");
    yaml.add("      branches:");
    yaml.add("        - name: main");
    yaml.add("          endpoint: {enabled: false}");
    for (int child = 0; child < children; child++) {
      yaml.add("        - name: b" + child);
      yaml.add("          parent: main");
      yaml.add("          endpoint: {enabled: false}");
    }
    Files.write(stackFile(), yaml);
  }

  private Path stackFile() {
    return folder.resolve("Pulumi.local.yaml");
  }

  /** Lets the CLI talk to a provider that already runs instead of starting the plugin. */
  void attachProvider(int port) {
    environment.put("PULUMI_DEBUG_PROVIDERS", "neonstack:" + port);
  }

  /** Makes the stack; in a folder of its own, because Pulumi writes into the stack file there. */
  void init() throws IOException, InterruptedException {
    var project = Files.createDirectories(folder.resolve("project"));
    Files.writeString(project.resolve("Pulumi.yaml"), "name: neonstack\nruntime: java\n");
    pulumi("--cwd", project.toString(), "stack", "init", STACK, "--no-select");
  }

  void up(String... flags) throws IOException, InterruptedException {
    pulumi(with(List.of("up", "--yes", "--skip-preview"), flags));
  }

  void preview(String... flags) throws IOException, InterruptedException {
    pulumi(with(List.of("preview"), flags));
  }

  /** Stops the local process of this installation, if it runs. */
  void down() throws IOException, InterruptedException {
    run(List.of(home.resolve("libexec/local").toString(), "down"));
  }

  private String[] with(List<String> words, String... flags) {
    var all = new ArrayList<>(words);
    all.addAll(List.of("--non-interactive", "--stack", STACK));
    all.addAll(List.of("--config-file", stackFile().toString()));
    all.addAll(Arrays.asList(flags));
    return all.toArray(String[]::new);
  }

  private void pulumi(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("pulumi"));
    command.addAll(Arrays.asList(words));
    run(command);
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    var log = folder.resolve("output.log");
    var builder = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException(
          "'" + String.join(" ", command) + "' failed:\n" + Files.readString(log));
    }
  }
}
