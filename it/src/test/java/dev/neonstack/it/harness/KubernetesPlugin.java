package dev.neonstack.it.harness;

import dev.neonstack.components.neon.kube.KubernetesProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Pulumi's plugin for Kubernetes. The CLI looks for the version that the program pins, which no
 * package registry has: it finds the one of {@code tools/kube-plugin} in its place.
 */
public final class KubernetesPlugin {
  private KubernetesPlugin() {}

  /** The program. */
  public static Path program() {
    return Repository.tool("kube-plugin", "github.com/pulumi/pulumi-kubernetes/provider/v4");
  }

  /** Puts it where the CLI would have put what it fetches. */
  static void installIn(Path pulumiHome) {
    var folder = pulumiHome.resolve("plugins/resource-kubernetes-v" + KubernetesProvider.PLUGIN);
    try {
      Files.createDirectories(folder);
      var script =
          Files.writeString(
              folder.resolve("pulumi-resource-kubernetes"),
              "#!/bin/sh\nexec %s \"$@\"\n".formatted(program()));
      Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
