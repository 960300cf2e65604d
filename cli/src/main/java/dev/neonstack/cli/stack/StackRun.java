package dev.neonstack.cli.stack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.cli.Surroundings;
import dev.neonstack.review.Change;
import dev.neonstack.review.Change.Kind;
import dev.neonstack.review.Declared;
import dev.neonstack.review.Preview;
import dev.neonstack.review.loss.Renames;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** One command on one stack: shown, agreed to, done. */
final class StackRun {
  private static final List<String> LOOK = List.of("refresh", "--preview-only", "--json");
  private static final List<String> LOOK_FOR_GOOD =
      List.of("refresh", "--yes", "--skip-preview", "--json");

  private final Surroundings surroundings;
  private final StackOptions options;
  private final StackLocks locks;
  private final Engine engine;
  private final RunNotes notes;
  private final Approval approval;
  private final Clock clock = Clock.systemUTC();

  StackRun(Surroundings surroundings, StackOptions options) {
    this.surroundings = surroundings;
    this.options = options;
    this.locks =
        StackLocks.ofEnvironment(surroundings.environment(), surroundings.paths().dataDir());
    this.engine =
        new Engine(
            surroundings.paths().home().orElse(Path.of(".")),
            surroundings.environment(),
            options.arguments(),
            locks);
    this.notes = new RunNotes(surroundings.paths().dataDir(), options.stack());
    this.approval = new Approval(surroundings.in(), surroundings.err(), options);
  }

  /** Begins a command that changes what is there, which it brings into the state where needed. */
  static StackRun begin(Surroundings surroundings, StackOptions options) {
    var run = new StackRun(surroundings, options);
    run.prepare();
    run.lookWhatIsThere();
    return run;
  }

  /** Sees that nobody else is at work on the stack, and that the local process is there. */
  void prepare() {
    locks
        .of(options.stack())
        .forEach(
            lock -> {
              if (!lock.stale()) {
                throw new StackException(
                    "process %d on %s is at work on stack '%s'; wait until it has ended, or end it. If it is long gone, delete %s"
                        .formatted(lock.holder(), lock.host(), lock.stack(), lock.file()));
              }
              StackLocks.lift(lock);
              notes.begin();
              say(
                  "process %d was ended while it worked on the stack; its lock is lifted"
                      .formatted(lock.holder()));
            });
    if (options.local()) {
      surroundings.local().findOrStart();
    }
  }

  /** After a run that did not end well, and where it was asked for, the state is brought up. */
  private void lookWhatIsThere() {
    if (notes.isUnfinished() || options.refresh()) {
      say(
          notes.isUnfinished()
              ? "the last run did not end well, so it is looked first at what is really there"
              : "looking at what is really there");
      apply(LOOK_FOR_GOOD, 0);
      notes.endWell();
    }
  }

  Preview previewUp() {
    return read(List.of("preview", "--json", "--show-sames"));
  }

  /** What {@code up} would do by now: it may have to look first at what is there. */
  Preview previewUpToCome() {
    if (!notes.isUnfinished() && !options.refresh()) {
      return previewUp();
    }
    return read(List.of("preview", "--refresh", "--json", "--show-sames"));
  }

  Preview previewDestroy() {
    return read(List.of("destroy", "--preview-only", "--json"));
  }

  Preview previewRefresh() {
    return read(LOOK);
  }

  private Preview read(List<String> command) {
    var document = engine.preview(command);
    var said = new Diagnostics();
    document.path("diagnostics").forEach(said::add);
    if (command.contains("--refresh")) {
      withoutLook(document.path("steps").elements());
    }
    var preview = Preview.read(document);
    // The program warns of these as well, for plain Pulumi; here the plan tells of them.
    var renames = Renames.of(preview);
    said.notes().stream()
        .filter(note -> renames.isEmpty() || !note.contains("renamedFrom"))
        .forEach(surroundings.err()::println);
    return preview;
  }

  /** The steps of looking come first in the document; what is done then has steps of its own. */
  private static void withoutLook(Iterator<JsonNode> steps) {
    while (steps.hasNext()) {
      if (steps.next().path("op").asText().equals("refresh")) {
        steps.remove();
      }
    }
  }

  PlanText show(Preview preview) {
    return shown(PlanText.of(preview, clock.instant()));
  }

  PlanText showDifferences(Preview preview) {
    return shown(PlanText.ofDifferences(preview, clock.instant()));
  }

  private PlanText shown(PlanText plan) {
    surroundings.out().print(plan.text());
    surroundings.out().flush();
    return plan;
  }

  /** Asks; what was shown is looked at again where the answer may have taken its time. */
  boolean agree(String action, PlanText plan, boolean free) {
    return approval.isGiven(action, plan, free);
  }

  boolean asks() {
    return approval.asks();
  }

  /** Does what the preview says, and tells what is there afterwards. */
  List<Declared> up(Preview preview) {
    var made = apply(List.of("up", "--yes", "--skip-preview", "--json"), counted(preview));
    notes.settle(settledFrom());
    return Preview.read(made).after();
  }

  void destroy(Preview preview) {
    apply(List.of("destroy", "--yes", "--skip-preview", "--json"), counted(preview));
  }

  void refresh(Preview preview) {
    apply(LOOK_FOR_GOOD, counted(preview));
  }

  boolean isSettled() {
    return notes.isSettled(settledFrom());
  }

  private List<Path> settledFrom() {
    var inputs = surroundings.paths().home().map(home -> home.resolve("target/build.inputs"));
    var files = new ArrayList<Path>();
    for (var file : List.of(options.state(), options.configuration(), inputs)) {
      if (file.filter(Files::isRegularFile).isEmpty()) {
        return List.of();
      }
      files.add(file.get());
    }
    return files;
  }

  private static int counted(Preview preview) {
    return preview.changes().stream()
        .filter(change -> change.kind() != Kind.KEEP)
        .mapToInt(StackRun::steps)
        .sum();
  }

  private static int steps(Change change) {
    return change.kind() == Kind.REPLACE ? 3 : 1;
  }

  private JsonNode apply(List<String> command, int total) {
    notes.begin();
    var progress = new Progress(surroundings.err(), options.terminal(), total);
    var end = run(command, progress);
    progress.said().notes().forEach(surroundings.err()::println);
    if (end.code() != 0) {
      throw new StackException(failure(command.get(0), progress, end));
    }
    notes.endWell();
    return progress.made();
  }

  private Engine.End run(List<String> command, Progress shown) {
    try (var progress = shown) {
      return engine.apply(command, progress::event, surroundings.err()::println);
    }
  }

  private static String failure(String action, Progress progress, Engine.End end) {
    var errors = progress.said().errors();
    var said =
        errors.isEmpty()
            ? end.errors().strip()
            : errors.stream().collect(Collectors.joining("\nerror: "));
    return (said.isEmpty() ? action + " failed with code " + end.code() : said)
        + "\n%d of the changes %s made; the next ./neonstack %s goes on from there"
            .formatted(progress.done(), progress.done() == 1 ? "was" : "were", action);
  }

  private void say(String words) {
    surroundings.err().println("neonstack: " + words);
  }
}
