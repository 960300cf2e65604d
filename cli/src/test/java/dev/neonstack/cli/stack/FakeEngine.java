package dev.neonstack.cli.stack;

import dev.neonstack.cli.FakeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Pulumi that previews what it is given, then does it. It keeps a lock while it works, takes it
 * away when it ends by itself or is asked to, and writes down how it was called.
 */
final class FakeEngine {
  private static final String PROGRAM =
      """
      echo "$@" >>CALLS
      case "$*" in
        *--preview-only*|preview*)
          if [ -f PLAN.next ]; then mv PLAN PLAN.old; cat PLAN.old; mv PLAN.next PLAN; else cat PLAN; fi
          exit $(cat CODE)
          ;;
      esac
      mkdir -p LOCKS
      echo '{"pid":'$$',"hostname":"'$(uname -n)'"}' >LOCKS/one.json
      trap 'rm -f LOCKS/one.json; echo ended >>CALLS; exit 130' TERM INT
      cat EVENTS
      if [ -f SLOW ]; then
        rm SLOW
        while :; do sleep 0.05; done
      fi
      rm -f LOCKS/one.json
      exit $(cat RESULT)
      """;

  private final Path folder;

  FakeEngine(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    var home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("libexec"));
    FakeProgram.write(home.resolve("libexec/detached"), "exec \"$@\"");
    FakeProgram.write(folder.resolve("pulumi"), program());
    Files.createFile(folder.resolve("calls"));
    Files.writeString(folder.resolve("code"), "0");
    Files.writeString(folder.resolve("result"), "0");
    Files.writeString(folder.resolve("events"), "");
    plans();
  }

  private String program() {
    return PROGRAM
        .replace("CALLS", quoted("calls"))
        .replace("PLAN.next", quoted("plan-next"))
        .replace("PLAN.old", quoted("plan-old"))
        .replace("PLAN", quoted("plan"))
        .replace("CODE", quoted("code"))
        .replace("RESULT", quoted("result"))
        .replace("EVENTS", quoted("events"))
        .replace("SLOW", quoted("slow"))
        .replace("LOCKS", "'" + locks() + "'");
  }

  private String quoted(String name) {
    return "'" + folder.resolve(name) + "'";
  }

  Path locks() {
    return folder.resolve("data/pulumi/.pulumi/locks/organization/neonstack/local");
  }

  Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", folder.toString());
    environment.put("NEONSTACK_DATA", folder.resolve("data").toString());
    environment.put("NEONSTACK_CACHE", folder.resolve("cache").toString());
    environment.put("NEONSTACK_HOME", folder.resolve("home").toString());
    environment.put("NEONSTACK_PULUMI", folder.resolve("pulumi").toString());
    return environment;
  }

  /** From now on these steps are previewed. */
  void plans(String... steps) throws IOException {
    Files.writeString(folder.resolve("plan"), Planned.document(steps));
  }

  /** From now on these steps are previewed, and all that the work does is to say them again. */
  void keeps(String... steps) throws IOException {
    does("{}", List.of(steps));
  }

  /** From now on these steps are previewed and made, of a stack with this configuration. */
  void does(String configuration, List<String> steps) throws IOException {
    Files.writeString(folder.resolve("plan"), Planned.document(configuration, steps));
    ends(0, steps.stream().map(Planned::event).collect(Collectors.joining()));
  }

  /** After what it does, the work fails on the branch. */
  void fails(String branch, String reason) throws IOException {
    var urn = "urn:pulumi:x::neonstack::neonstack:index:Branch::" + branch;
    var event =
        "{\"diagnosticEvent\": {\"urn\": \"%s\", \"severity\": \"error\", \"message\": \"%s\\n\"}}\n"
            .formatted(urn, reason);
    ends(255, Files.readString(folder.resolve("events")) + event);
  }

  /** The preview after the next one differs. */
  void plansLater(String... steps) throws IOException {
    Files.writeString(folder.resolve("plan-next"), Planned.document(steps));
  }

  /** From now on the preview fails and says this. */
  void cannotPlan(String diagnostics) throws IOException {
    Files.writeString(folder.resolve("plan"), "{\"diagnostics\": [" + diagnostics + "]}");
    Files.writeString(folder.resolve("code"), "255");
  }

  /** From now on the work ends so, after these events. */
  void ends(int code, String events) throws IOException {
    Files.writeString(folder.resolve("result"), Integer.toString(code));
    Files.writeString(folder.resolve("events"), events);
  }

  /** The next work goes on until it is told to end. */
  void worksLong() throws IOException {
    Files.createFile(folder.resolve("slow"));
  }

  /** What it was asked to do, without the previews. */
  List<String> work() throws IOException {
    return calls().stream()
        .filter(call -> !call.startsWith("preview") && !call.contains("--preview-only"))
        .toList();
  }

  List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
