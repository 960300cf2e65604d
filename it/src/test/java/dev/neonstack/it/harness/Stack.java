package dev.neonstack.it.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One stack under the real Pulumi CLI: its own folder with project file, configuration, backend and
 * Pulumi home. The stack is called {@code local} and its passphrase is {@link #PASSPHRASE}.
 */
public final class Stack {
  public static final String PASSPHRASE = "only-the-tests-know-it";

  /** A line for each run of the program on a cluster: nanoseconds at its begin and at its end. */
  public static final String PROGRAM_TIMES = "program.times";

  private static final String PULUMI = Repository.pulumi().resolve("pulumi").toString();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "local";
  private static final String CONFIG = "Pulumi." + NAME + ".yaml";

  private static final String PROJECT_FILE =
      """
      name: neonstack
      runtime:
        name: java
        options:
          use-executor: ./program
      plugins:
        providers:
          - name: neonstack
            path: %s
      """
          .formatted(Repository.root().resolve("provider/plugin"));

  private final Path folder;
  private final Map<String, String> environment;
  private final StringBuilder transcript = new StringBuilder();
  private String stateOfOutputs = "";
  private JsonNode outputs = MissingNode.getInstance();

  private Stack(Platform platform, Path folder, String executor) {
    this.folder = folder;
    this.environment = new HashMap<>(platform.variables());
    environment.put("PULUMI_HOME", folder.resolve("home").toString());
    environment.put("PULUMI_BACKEND_URL", "file://" + folder.resolve("backend"));
    environment.put("PULUMI_CONFIG_PASSPHRASE", PASSPHRASE);
    environment.put("PULUMI_FALLBACK_TO_STATE_SECRETS_MANAGER", "true");
    environment.put("PULUMI_SKIP_UPDATE_CHECK", "true");
    environment.put("PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION", "true");
    try {
      Files.createDirectories(folder.resolve("backend"));
      Files.writeString(folder.resolve("Pulumi.yaml"), PROJECT_FILE);
      // The language host looks for the executor below the folder of the project.
      var script = Files.writeString(folder.resolve("program"), "#!/bin/sh\n" + executor + "\n");
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pulumi("stack", "init", NAME).succeeded();
  }

  /** The program and the plugin as users run them. */
  public static Stack asShipped(Platform platform, Path folder) {
    platform.services();
    var program = Repository.root().resolve("libexec/program");
    return new Stack(platform, folder, "exec " + program + " \"$@\"");
  }

  /** The program as users run it, with the provider that all tests share. */
  public static Stack withSharedProvider(Platform platform, Path folder) {
    var stack = asShipped(platform, folder);
    return stack.withProvider(platform.provider());
  }

  /** The program and its plugins as users run them. */
  public static Stack onCluster(Platform platform, Path folder) {
    // Nanoseconds before and after each run go to a file, for whoever measures.
    var executor =
        "begin=$(date +%s%N); {0} \"$@\"; code=$?; echo $begin $(date +%s%N) >>{1}; exit $code"
            .replace("{0}", Repository.root().resolve("libexec/program").toString())
            .replace("{1}", folder.resolve(PROGRAM_TIMES).toString());
    return new Stack(platform, folder, executor).withKubernetes();
  }

  /** A program whose provider reaches storage through a proxy. */
  public static Stack through(Platform platform, FaultProxy storage, Path folder) {
    var stack = new Stack(platform, folder, ProgramExecutor.script("TreeProgram"));
    var services = platform.services();
    stack.environment.put("IT_STORAGE_URL", storage.url().toString());
    stack.environment.put("IT_STORAGE_TOKEN", services.storageToken().orElseThrow());
    stack.environment.put("IT_CONTROL_PLANE_TOKEN", services.apiKey());
    return stack.withControlPlane(services.controlPlaneUrl()).withProvider(platform.provider());
  }

  /** A program that declares Kubernetes objects. */
  public static Stack ofObjects(Platform platform, Path folder) {
    var stack = of(platform, "ObjectsProgram", folder).withKubernetes();
    stack.environment.put("IT_OBJECTS", folder.resolve("objects.yaml").toString());
    return stack;
  }

  /** A program of the tests. */
  public static Stack of(Platform platform, String program, Path folder) {
    return new Stack(platform, folder, ProgramExecutor.script(program));
  }

  /** This stack with other plugins, given as the CLI wants them. */
  public Stack withProviders(String attachments) {
    return withVariable("PULUMI_DEBUG_PROVIDERS", attachments);
  }

  private Stack withKubernetes() {
    KubernetesPlugin.installIn(Path.of(environment.get("PULUMI_HOME")));
    return this;
  }

  /** Declares Kubernetes objects, in YAML. */
  public Stack objects(String yaml) {
    try {
      Files.writeString(folder.resolve("objects.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** This stack with another provider process. */
  public Stack withProvider(ProviderServer provider) {
    environment.putAll(provider.attachment());
    return this;
  }

  /** This stack with another way to the control plane. */
  public Stack withControlPlane(URI url) {
    return withVariable("IT_CONTROL_PLANE_URL", url.toString());
  }

  /** This stack with a variable for everything that it runs. */
  public Stack withVariable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Declares projects: the YAML list that stands under {@code neonstack:projects}. */
  public Stack projects(String yaml) {
    return config("neonstack:target: local\nneonstack:projects:\n" + yaml.indent(2));
  }

  /** Replaces the whole configuration. */
  public Stack config(String yaml) {
    try {
      Files.writeString(folder.resolve(CONFIG), "config:\n" + yaml.indent(2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Puts a secret at a path into the configuration. */
  public void setSecret(String path, String value) {
    pulumi("config", "set", "--stack", NAME, "--secret", "--path", path, value).succeeded();
  }

  /** Makes it so, without the preview that would come first. */
  public Run up(String... flags) {
    return change("up", "--skip-preview", flags);
  }

  public Run preview(String... flags) {
    return pulumi(command("preview", List.of("--diff", "--config-file", configCopy()), flags));
  }

  public Run refresh(String... flags) {
    return change("refresh", "--skip-preview", flags);
  }

  public Run destroy(String... flags) {
    return change("destroy", "--skip-preview", flags);
  }

  private Run change(String action, String quick, String... flags) {
    var always = List.of("--yes", quick, "--config-file", configCopy());
    return pulumi(command(action, always, flags));
  }

  /** Starts an `up` and does not wait for it. */
  public Ongoing startUp(String... flags) {
    var always = List.of("--yes", "--skip-preview", "--config-file", configCopy());
    return new Ongoing(start(command("up", always, flags)));
  }

  /** A run that goes on. */
  public final class Ongoing {
    private final Commands.Running running;

    private Ongoing(Commands.Running running) {
      this.running = running;
    }

    /** Waits for something to happen while it goes on. */
    public void awaitUntil(String what, BooleanSupplier happened) {
      Wait.until(what, () -> happened.getAsBoolean() || !running.process().isAlive());
      if (!happened.getAsBoolean()) {
        throw new AssertionError("ended without " + what + ":\n" + running.printed());
      }
    }

    /** Whether it is still at it after this time. */
    public boolean goesOnFor(Duration time) {
      Wait.sleep(time);
      return running.process().isAlive();
    }

    /** What Ctrl-C does. */
    public void interrupt() {
      var kill = List.of("kill", "-INT", "" + running.process().pid());
      Commands.start(folder, environment, kill).await().succeeded();
    }

    public Run await() {
      return noted(running.await());
    }
  }

  /** The CLI writes a salt into the file it is given. */
  private String configCopy() {
    try {
      var copy = folder.resolve("config-copy.yaml");
      if (Files.exists(folder.resolve(CONFIG))) {
        Files.writeString(copy, Files.readString(folder.resolve(CONFIG)));
      }
      return copy.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String[] command(String action, List<String> always, String... flags) {
    var command = new ArrayList<String>();
    command.add(action);
    command.add("--stack");
    command.add(NAME);
    command.addAll(always);
    command.addAll(List.of(flags));
    return command.toArray(String[]::new);
  }

  /** Runs a command of {@code ./neonstack} that looks at the cluster of this stack. */
  public Run operate(String command, String... flags) {
    var jar = Repository.root().resolve("cli/target/cli.jar").toString();
    var line = new ArrayList<>(List.of(Repository.java(), "-jar", jar, command, "-s", NAME));
    line.addAll(List.of(flags));
    var variables = new HashMap<>(environment);
    variables.put("NEONSTACK_HOME", folder.toString());
    return Commands.start(folder, variables, line).await();
  }

  /** Runs the CLI with these arguments. */
  public Run pulumi(String... arguments) {
    return noted(start(arguments).await());
  }

  private Commands.Running start(String... arguments) {
    var command = new ArrayList<>(List.of(PULUMI, "--non-interactive", "--color", "never"));
    command.addAll(List.of(arguments));
    return Commands.start(folder, environment, command);
  }

  private Run noted(Run run) {
    transcript.append(run.output()).append('\n');
    return run;
  }

  /** All that the CLI printed so far. */
  public String transcript() {
    return transcript.toString();
  }

  /** The outputs, secrets in clear; asked for once per state, as each run of the CLI takes long. */
  public JsonNode outputs() {
    var state = state();
    if (!state.equals(stateOfOutputs)) {
      var printed = start("stack", "output", "--stack", NAME, "--json", "--show-secrets").await();
      outputs = json(printed.succeeded().output());
      stateOfOutputs = state;
    }
    return outputs;
  }

  /** How to connect to a branch, named {@code project/branch}. */
  public String connectionUri(String branch) {
    return outputs().get("connectionUris").get(branch).asText();
  }

  /** The state file as it lies on disk. */
  public String state() {
    try {
      return Files.readString(folder.resolve("backend/.pulumi/stacks/neonstack/" + NAME + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode deployment() {
    return json(state()).path("checkpoint").path("latest");
  }

  /** The resources of a type such as {@code Branch}. */
  public List<JsonNode> resources(String type) {
    return elements(deployment().path("resources"))
        .filter(resource -> resource.path("type").asText().equals("neonstack:index:" + type))
        .toList();
  }

  /** The inputs of all resources whose type starts with this. */
  public List<JsonNode> inputs(String typePrefix) {
    return elements(deployment().path("resources"))
        .filter(resource -> resource.path("type").asText().startsWith(typePrefix))
        .map(resource -> resource.path("inputs"))
        .toList();
  }

  /** The types of all resources. */
  public Set<String> types() {
    return elements(deployment().path("resources"))
        .map(resource -> resource.path("type").asText())
        .collect(Collectors.toSet());
  }

  /** The one resource whose URN ends in {@code ::name}. */
  public JsonNode resource(String type, String name) {
    return resources(type).stream()
        .filter(resource -> resource.path("urn").asText().endsWith("::" + name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type + " " + name + " in " + state()));
  }

  /** The operations that a run left open; a clean state has none. */
  public List<JsonNode> pendingOperations() {
    return elements(deployment().path("pending_operations")).toList();
  }

  /** Whether some run holds the stack. */
  public boolean isLocked() {
    var locks = folder.resolve("backend/.pulumi/locks");
    if (!Files.isDirectory(locks)) {
      return false;
    }
    try (var files = Files.walk(locks)) {
      return files.anyMatch(Files::isRegularFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public TenantId tenant(String project) {
    return TenantId.of(resource("Project", project).path("id").asText());
  }

  /** The branch named {@code project/branch}. */
  public TimelineId timeline(String branch) {
    return TimelineId.of(resource("Branch", branch).path("outputs").path("branchId").asText());
  }

  /** The folder with everything of this stack, what the CLI logs included. */
  public Path folder() {
    return folder;
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
