package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.neonstack.it.harness.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The binary that is every program of a Kubernetes control plane. */
final class Kubelab {
  private static final Pattern PINNED = Pattern.compile("k8s\\.io/kubernetes (v[0-9.]+)");

  private Kubelab() {}

  static Path binary() {
    var binary = Repository.cache().resolve("kubelab-" + version()).resolve("kubelab");
    if (!Files.isExecutable(binary)) {
      throw new IllegalStateException(
          "there is no Kubernetes API server at "
              + binary
              + "; build it, once, with: ./neonstack test");
    }
    return binary;
  }

  static List<String> command(String role, String... arguments) {
    var command = new ArrayList<>(List.of(binary().toString(), role));
    command.addAll(List.of(arguments));
    return command;
  }

  /** What kwok does with nodes and pods. */
  static String stages() {
    try {
      var process = new ProcessBuilder(command("stages")).start();
      try (var out = process.getInputStream()) {
        return new String(out.readAllBytes(), UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String version() {
    try {
      var file = Repository.root().resolve("tools/kubelab/go.mod");
      var match = PINNED.matcher(Files.readString(file));
      if (!match.find()) {
        throw new IllegalStateException(file + " does not name k8s.io/kubernetes");
      }
      return match.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
