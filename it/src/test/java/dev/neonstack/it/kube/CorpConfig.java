package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.neonstack.it.harness.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Collectors;

/** {@code Pulumi.corp.yaml} as it is given to users, with the few edits a test needs. */
record CorpConfig(String text) {

  /** The file on the test cluster: with proxy, monitoring and placement. */
  static CorpConfig on(Path kubeconfig) {
    try {
      var file = Repository.root().resolve("Pulumi.corp.yaml");
      return new CorpConfig(Files.readString(file, UTF_8))
          .with("kubeconfig: ~/.kube/config", "kubeconfig: " + kubeconfig)
          .with("context: corp", "context: lab")
          // Volumes of a class without a provisioner are made by hand.
          .with("kind: local\n", "kind: local\n      provisioner: topolvm.io\n")
          .uncommented("neonstack:placement")
          .with("nodeSelector: {neon: storage}", "nodeSelector: {neonstack.dev/node: storage}")
          .with("key: neon, value: storage", "key: neonstack.dev/node, value: storage")
          .uncommented("neonstack:proxy")
          .uncommented("neonstack:monitoring");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With another text in one place. */
  CorpConfig with(String old, String now) {
    if (!text.contains(old)) {
      throw new IllegalArgumentException("Pulumi.corp.yaml holds no '" + old + "'");
    }
    return new CorpConfig(text.replace(old, now));
  }

  /** The storage alone; projects stand at the end. */
  CorpConfig withoutProjects() {
    return new CorpConfig(text.substring(0, text.indexOf("  neonstack:projects:")));
  }

  /** With a section that stands there as a comment, up to the next line that is none. */
  private CorpConfig uncommented(String key) {
    var lines = new ArrayList<String>();
    var inside = false;
    for (var line : text.lines().toList()) {
      inside = inside ? line.startsWith("  # ") : line.startsWith("  # " + key + ":");
      lines.add(inside ? line.replaceFirst("# ", "") : line);
    }
    return new CorpConfig(lines.stream().collect(Collectors.joining("\n", "", "\n")));
  }

  /** What stands under {@code config}. */
  String values() {
    return text.substring(text.indexOf("config:\n") + "config:\n".length()).stripIndent();
  }
}
