package dev.neonstack.stacks.cluster;

import dev.neonstack.kube.ClusterSettings;
import dev.neonstack.stacks.config.corp.CorpConfig;
import java.nio.file.Path;

/** Lines for the shell that speak to the cluster and the namespace of the stack. */
final class Kubectl {
  private static final Path USUAL = Path.of(System.getProperty("user.home"), ".kube", "config");

  private final CorpConfig.Cluster cluster;
  private final String namespace;

  Kubectl(CorpConfig.Cluster cluster, String namespace) {
    this.namespace = namespace;
    this.cluster = cluster;
  }

  String line(String arguments) {
    return "kubectl " + file() + "--context " + cluster.context() + " " + arguments;
  }

  /** A kubeconfig that is given as its content holds credentials. */
  private String file() {
    var kubeconfig = cluster.kubeconfig();
    var unsaid = kubeconfig.equals(USUAL.toString()) || ClusterSettings.isContent(kubeconfig);
    return unsaid ? "" : "--kubeconfig " + kubeconfig + " ";
  }

  String inNamespace(String arguments) {
    return line("-n " + namespace + " " + arguments);
  }
}
