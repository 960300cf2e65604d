package dev.neonstack.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How far a run is, from the engine's events: on a terminal one line that is written over, else a
 * line every few seconds.
 */
final class Progress implements AutoCloseable {
  private static final Duration ON_TERMINAL = Duration.ofMillis(200);
  private static final Duration ELSEWHERE = Duration.ofSeconds(5);
  private static final int WIDTH = 100;

  private final PrintStream err;
  private final boolean terminal;
  private final int total;
  private final Diagnostics said = new Diagnostics();
  private final Map<String, String> running = new LinkedHashMap<>();
  private final Instant began = Instant.now();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
          });
  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();
  private int done;

  Progress(PrintStream err, boolean terminal, int total) {
    this.err = err;
    this.terminal = terminal;
    this.total = total;
    var every = (terminal ? ON_TERMINAL : ELSEWHERE).toMillis();
    var unused = clock.scheduleAtFixedRate(this::show, every, every, TimeUnit.MILLISECONDS);
  }

  synchronized void event(JsonNode event) {
    if (event.has("resourcePreEvent")) {
      begin(event.path("resourcePreEvent").path("metadata"));
    } else if (event.has("resOutputsEvent")) {
      end(event.path("resOutputsEvent").path("metadata"));
    } else if (event.has("resOpFailedEvent")) {
      running.remove(urn(event.path("resOpFailedEvent").path("metadata")));
    } else if (event.has("diagnosticEvent")) {
      diagnostic(event.path("diagnosticEvent"));
    }
  }

  private void begin(JsonNode step) {
    if (isTold(step)) {
      running.put(urn(step), name(urn(step)));
    }
  }

  private void end(JsonNode step) {
    steps
        .addObject()
        .<ObjectNode>set("op", step.path("op"))
        .<ObjectNode>set("urn", step.path("urn"))
        .set("newState", step.path("new"));
    if (isTold(step)) {
      running.remove(urn(step));
      done++;
    }
  }

  private static boolean isTold(JsonNode step) {
    var state = step.path("new").isObject() ? step.path("new") : step.path("old");
    return state.path("custom").asBoolean() && !step.path("op").asText().equals("same");
  }

  private void diagnostic(JsonNode one) {
    said.add(one);
    var urn = one.path("urn").asText();
    if (one.path("severity").asText().equals("info") && running.containsKey(urn)) {
      running.put(urn, name(urn) + " (" + one.path("message").asText().strip() + ")");
    }
  }

  private static String urn(JsonNode step) {
    return step.path("urn").asText();
  }

  private static String name(String urn) {
    return urn.substring(urn.lastIndexOf("::") + 2);
  }

  private synchronized void show() {
    var at = String.join(", ", running.values());
    var line =
        "  %s%d s%s"
            .formatted(
                total == 0 ? "" : done() + " of " + total + ", ",
                Duration.between(began, Instant.now()).toSeconds(),
                at.isEmpty() ? "" : ": " + at);
    var cut = line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "…" : line;
    if (terminal) {
      err.print("\r\033[K" + cut);
      err.flush();
    } else {
      err.println(cut);
    }
  }

  /** The steps that were made, as a preview tells them. */
  JsonNode made() {
    return JsonNodeFactory.instance.objectNode().set("steps", steps);
  }

  int done() {
    return Math.min(done, total);
  }

  Diagnostics said() {
    return said;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    synchronized (this) {
      if (terminal) {
        err.print("\r\033[K");
        err.flush();
      }
    }
  }
}
