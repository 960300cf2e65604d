package dev.neonstack.it.kube;

import dev.neonstack.it.harness.ShippedConfig;
import java.nio.file.Path;

/** {@code Pulumi.corp.yaml} on the test cluster. */
final class CorpConfig {
  private CorpConfig() {}

  /** With proxy, monitoring and placement. */
  static ShippedConfig on(Path kubeconfig) {
    return ShippedConfig.read("Pulumi.corp.yaml")
        .with("kubeconfig: ~/.kube/config", "kubeconfig: " + kubeconfig)
        .with("context: corp", "context: lab")
        // Volumes of a class without a provisioner are made by hand.
        .with("kind: local\n", "kind: local\n      provisioner: topolvm.io\n")
        .uncommented("neonstack:placement")
        .with("nodeSelector: {neon: storage}", "nodeSelector: {neonstack.dev/node: storage}")
        .with("key: neon, value: storage", "key: neonstack.dev/node, value: storage")
        .uncommented("neonstack:proxy")
        .uncommented("neonstack:monitoring")
        .with("# prometheus: monitoring", "prometheus: monitoring");
  }
}
