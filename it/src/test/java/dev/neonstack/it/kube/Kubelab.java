package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.neonstack.it.harness.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The binary that is every program of a Kubernetes control plane. */
final class Kubelab {
  private Kubelab() {}

  private static Path binary() {
    return Repository.tool("kubelab", "k8s.io/kubernetes");
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
}
