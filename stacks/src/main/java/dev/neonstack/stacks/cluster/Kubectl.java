package dev.neonstack.stacks.cluster;

import dev.neonstack.stacks.config.CorpConfig;
import java.nio.file.Path;

/** Lines for the shell that speak to the cluster and the namespace of the stack. */
final class Kubectl {
  private static final Path USUAL = Path.of(System.getProperty("user.home"), ".kube", "config");

  private final CorpConfig.Cluster cluster;

  Kubectl(CorpConfig.Cluster cluster) {
    this.cluster = cluster;
  }

  String line(String arguments) {
    var file =
        cluster.kubeconfig().equals(USUAL.toString()) ? "" : "--kubeconfig " + cluster.kubeconfig();
    return "kubectl %s --context %s %s"
        .formatted(file, cluster.context(), arguments)
        .replaceAll(" +", " ");
  }

  String inNamespace(String arguments) {
    return line("-n " + cluster.namespace() + " " + arguments);
  }
}
