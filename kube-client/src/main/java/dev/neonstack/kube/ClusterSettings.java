package dev.neonstack.kube;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which cluster is meant.
 *
 * @param kubeconfig path of a kubeconfig, or its content; without one, the file that {@code
 *     KUBECONFIG} names, else {@code ~/.kube/config}
 * @param context context of the kubeconfig; without one, its current context
 */
public record ClusterSettings(Optional<String> kubeconfig, Optional<String> context) {

  public ClusterSettings {
    requireNonNull(kubeconfig, "kubeconfig is null");
    requireNonNull(context, "context is null");
  }

  /** Whether a kubeconfig is given as its content. */
  public static boolean isContent(String kubeconfig) {
    return kubeconfig.contains("\n") || kubeconfig.stripLeading().startsWith("{");
  }

  Path file(Map<String, String> environment) {
    var home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    var named =
        kubeconfig.or(
            () -> Optional.ofNullable(environment.get("KUBECONFIG")).filter(v -> !v.isBlank()));
    return named
        .map(path -> path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path))
        .orElseGet(() -> home.resolve(".kube").resolve("config"));
  }

  @Override
  public String toString() {
    var shown = kubeconfig.map(text -> isContent(text) ? "(content)" : text).orElse("(default)");
    return "ClusterSettings[kubeconfig=" + shown + ", context=" + context.orElse("(current)") + "]";
  }
}
