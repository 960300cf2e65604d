package dev.neonstack.cli.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A Pulumi that keeps a stack where the real one does and, as the real one, writes a salt into the
 * configuration file it is given. It writes down how it was called.
 */
final class FakePulumi {

  private static final String PROGRAM =
      """
      file=Pulumi.local.yaml
      json=no
      before=
      for word in "$@"; do
        [ "$before" != --config-file ] || file=$word
        [ "$word" != --json ] || json=yes
        before=$word
      done
      case $1 in
        version) echo v3.999.0; exit ;;
      esac
      echo "$@" >>CALLS
      case "$1 ${2:-}" in
        'stack init')
          stacks="${PULUMI_BACKEND_URL#file://}/.pulumi/stacks/neonstack"
          mkdir -p "$stacks"
          echo '{}' >"$stacks/STACK.json"
          ;;
        import*) echo '{}' >provider/schema-neonstack.json; exit 7 ;;
        up*|preview*|refresh*)
          [ $json = no ] || { cat PLAN; exit; }
          cat "$file" >READ
          echo 'encryptionsalt: v1:x' >>"$file"
          ;;
      esac
      """;

  private final Script script;
  private final Path calls;
  private final Path plan;
  private final Path read;

  FakePulumi(Script script, Path folder) throws IOException {
    calls = folder.resolve("pulumi-calls");
    plan = folder.resolve("plan.json");
    read = folder.resolve("read.yaml");
    this.script = script;
    Files.createFile(calls);
    stack("local");
    script.program("pulumi-language-java", "exit 1");
    plans("same");
  }

  /** The stack that is made next. */
  void stack(String name) throws IOException {
    script.program(
        "pulumi",
        PROGRAM
            .replace("STACK", name)
            .replace("CALLS", "'" + calls + "'")
            .replace("PLAN", "'" + plan + "'")
            .replace("READ", "'" + read + "'"));
  }

  /** What a preview says from now on will happen to a branch. */
  void plans(String operation) throws IOException {
    Files.writeString(
        plan,
        """
        {
            "steps": [
                {
                    "op": "same",
                    "urn": "urn:pulumi:local::neonstack::pulumi:pulumi:Stack::neonstack-local",
                    "oldState": {
                        "urn": "urn:pulumi:local::neonstack::pulumi:pulumi:Stack::neonstack-local"
                    }
                },
                {
                    "op": "%s",
                    "urn": "urn:pulumi:local::neonstack::neonstack:index:Branch::demo/dev"
                }
            ]
        }
        """
            .formatted(operation));
  }

  /** A preview fails from now on. */
  void cannotPlan() throws IOException {
    Files.delete(plan);
  }

  /** The commands so far, without the name of the program. */
  List<String> calls() throws IOException {
    return Files.readAllLines(calls);
  }

  /** The configuration that the last command read. */
  String configuration() throws IOException {
    return Files.readString(read);
  }
}
