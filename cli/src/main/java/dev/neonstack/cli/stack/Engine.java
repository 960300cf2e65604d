package dev.neonstack.cli.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Pulumi on one stack. It runs in a session of its own and minds no closed pipe, so that however
 * this process ends, Pulumi ends in order: asked to where that is possible, else with its work
 * done. It is told by a signal, once; a second one would make it drop what is in flight.
 */
final class Engine {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path home;
  private final Map<String, String> environment;
  private final List<String> arguments;
  private final StackLocks locks;

  /**
   * How a run ended.
   *
   * @param code Pulumi's exit code
   * @param errors what it wrote to its error stream
   */
  record End(int code, String errors) {}

  /** Calls with these arguments; the locks of a run that was cut off are lifted after it. */
  Engine(Path home, Map<String, String> environment, List<String> arguments, StackLocks locks) {
    this.home = home;
    this.locks = locks;
    this.environment = environment;
    this.arguments = List.copyOf(arguments);
  }

  /** What the command would do, as a document; its own errors are in it. */
  JsonNode preview(List<String> command) {
    var lines = new StringBuilder();
    var end = run(command, line -> lines.append(line).append('\n'));
    try {
      var document = JSON.readTree(lines.toString());
      if (document.path("steps").isArray() || document.has("diagnostics")) {
        return end.code() == 0 ? document : failed(document, end);
      }
    } catch (JsonProcessingException notJson) {
      // Said below, in Pulumi's own words.
    }
    throw new StackException(
        (lines.length() < 3 ? end.errors() : lines + end.errors())
            .strip()
            .replaceFirst("^error: ", ""));
  }

  private static JsonNode failed(JsonNode document, End end) {
    var said = new Diagnostics();
    document.path("diagnostics").forEach(said::add);
    throw new StackException(
        said.errors().isEmpty() ? end.errors().strip() : String.join("\nerror: ", said.errors()));
  }

  /** Does it; every event is handed on as it comes. */
  End apply(List<String> command, Consumer<JsonNode> events, Consumer<String> others) {
    return run(
        command,
        line -> {
          try {
            events.accept(JSON.readTree(line));
          } catch (JsonProcessingException notAnEvent) {
            others.accept(line);
          }
        });
  }

  private End run(List<String> command, Consumer<String> lines) {
    var words = new ArrayList<String>();
    words.add(home.resolve("libexec/detached").toString());
    words.addAll(List.of("sh", "-c", "trap '' PIPE; exec \"$@\"", "sh"));
    words.add(environment.getOrDefault("NEONSTACK_PULUMI", "pulumi"));
    words.addAll(command);
    words.addAll(arguments);
    try {
      var builder = new ProcessBuilder(words).directory(home.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      var versions = home.resolve("libexec/versions").toString();
      builder
          .environment()
          .merge("PATH", versions, (path, first) -> first + File.pathSeparator + path);
      return watched(builder.start(), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private End watched(Process process, Consumer<String> lines) throws IOException {
    var end = new Thread(() -> end(process));
    Runtime.getRuntime().addShutdownHook(end);
    try {
      process.getOutputStream().close();
      var errors = CompletableFuture.supplyAsync(() -> text(process));
      try (var reader =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.accept(line);
        }
      }
      var code = process.waitFor();
      locks.liftOf(process.pid());
      return new End(code, errors.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted");
    } finally {
      if (!process.isAlive()) {
        removed(end);
      }
    }
  }

  private static void removed(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException endingAlready) {
      // The hook is running, and finds a process that has ended.
    }
  }

  private static String text(Process process) {
    try (var errors = process.getErrorStream()) {
      return new String(errors.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private void end(Process process) {
    if (process.isAlive()) {
      System.err.println(
          "\nneonstack: stopping; what is in flight is brought to its end, so that nothing stays locked");
    }
    // Not by Process.destroy, which would close the pipes that Pulumi still writes to.
    process.toHandle().destroy();
    try {
      process.waitFor();
      locks.liftOf(process.pid());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
