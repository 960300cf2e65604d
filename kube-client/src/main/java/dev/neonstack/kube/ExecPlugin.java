package dev.neonstack.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.kube.ClusterException.Kind;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The program of a kubeconfig that gives tokens, such as {@code aws eks get-token}. */
final class ExecPlugin {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Kubeconfig config;
  private final Map<String, String> environment;
  private Optional<Given> given = Optional.empty();

  private record Given(String token, Optional<Instant> ends) {
    boolean lasts() {
      return ends.map(end -> Instant.now().plus(MARGIN).isBefore(end)).orElse(true);
    }
  }

  ExecPlugin(Kubeconfig config, Map<String, String> environment) {
    this.config = config;
    this.environment = environment;
  }

  /** A token that lasts another minute; the program runs when there is none. */
  synchronized String token() {
    if (given.filter(Given::lasts).isEmpty()) {
      given = Optional.of(read(run()));
    }
    return given.get().token();
  }

  synchronized void forget() {
    given = Optional.empty();
  }

  private JsonNode exec() {
    return config.user().path("exec");
  }

  private String run() {
    Path answer = null;
    Path complaint = null;
    try {
      answer = Files.createTempFile("neonstack-exec-", "");
      complaint = Files.createTempFile("neonstack-exec-", "");
      return run(answer, complaint);
    } catch (IOException e) {
      var hint = Kubeconfig.text(exec(), "installHint").map(text -> ". " + text.strip()).orElse("");
      throw failed("cannot be run: " + e.getMessage() + hint, e);
    } finally {
      delete(answer);
      delete(complaint);
    }
  }

  private String run(Path answer, Path complaint) throws IOException {
    var process = builder().redirectOutput(answer.toFile()).redirectError(complaint.toFile());
    var running = process.start();
    try {
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
        throw failed("does not end within " + PATIENCE.toSeconds() + " s", null);
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
      throw failed("was interrupted", e);
    }
    if (running.exitValue() != 0) {
      var said = Files.readString(complaint).strip().lines().reduce("", (before, line) -> line);
      throw failed("ended with " + running.exitValue() + (said.isEmpty() ? "" : ": " + said), null);
    }
    return Files.readString(answer);
  }

  private ProcessBuilder builder() {
    var command = new ArrayList<String>();
    command.add(program());
    exec().path("args").forEach(argument -> command.add(argument.asText()));
    var builder = new ProcessBuilder(command).redirectInput(Redirect.from(nothing()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    exec()
        .path("env")
        .forEach(
            variable ->
                builder
                    .environment()
                    .put(variable.path("name").asText(), variable.path("value").asText()));
    builder.environment().put("KUBERNETES_EXEC_INFO", info());
    return builder;
  }

  private static File nothing() {
    return Path.of("/dev/null").toFile();
  }

  /** A command with a slash that is relative lies beside the kubeconfig; others are on PATH. */
  private String program() {
    var command = exec().path("command").asText();
    var relative = command.contains("/") && !command.startsWith("/");
    return relative ? config.folder().resolve(command).toString() : command;
  }

  private String info() {
    var info = JSON.createObjectNode();
    info.put("apiVersion", exec().path("apiVersion").asText());
    info.put("kind", "ExecCredential");
    var spec = info.putObject("spec").put("interactive", false);
    if (exec().path("provideClusterInfo").asBoolean()) {
      var cluster = spec.putObject("cluster");
      for (var name : List.of("server", "certificate-authority-data", "insecure-skip-tls-verify")) {
        if (config.cluster().has(name)) {
          cluster.set(name, config.cluster().get(name));
        }
      }
    }
    return info.toString();
  }

  private Given read(String answer) {
    try {
      var status = JSON.readTree(answer).path("status");
      var token =
          Kubeconfig.text(status, "token")
              .orElseThrow(() -> failed("gives no token; client certificates are not taken", null));
      var ends =
          Kubeconfig.text(status, "expirationTimestamp")
              .map(text -> OffsetDateTime.parse(text).toInstant());
      return new Given(token, ends);
    } catch (JsonProcessingException | DateTimeException e) {
      throw failed("does not answer with an ExecCredential", null);
    }
  }

  private ClusterException failed(String what, Throwable cause) {
    var said = config + ": its command '" + exec().path("command").asText() + "' " + what;
    return new ClusterException(Kind.UNAUTHORISED, said, cause);
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
