package dev.neonstack.it.kube;

import dev.neonstack.kubefake.ProxyCertificates;
import java.util.List;
import java.util.Set;

/** What the configuration tells its reader to make before the stack: a namespace with Secrets. */
final class Given {
  static final Set<String> SECRETS = Set.of("neon-bucket", "neon-proxy-tls");

  private static final String MANAGER = "somebody";
  private static final List<String> OF_OTHERS = List.of("rook-ceph", "cnpg-system", "monitoring");
  private static final String CERTIFICATE = ProxyCertificates.ALONE.replace("\n", "\\n");

  private Given() {}

  static void make(KubeApi api) {
    namespace(api, "neon");
    others(api);
    secret(api, "neon-bucket", "{AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key}");
    secret(api, "neon-proxy-tls", "{tls.crt: \"" + CERTIFICATE + "\", tls.key: key}");
  }

  /** Namespaces of what the configuration lets pods talk to. */
  static void others(KubeApi api) {
    OF_OTHERS.forEach(name -> namespace(api, name));
  }

  private static void namespace(KubeApi api, String name) {
    api.apply(
        Ref.ofCluster("v1", "Namespace", name),
        MANAGER,
        "{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
  }

  private static void secret(KubeApi api, String name, String entries) {
    secret(api, name, entries, "stringData");
  }

  /** Makes or changes a Secret; the entries are given under {@code data} or {@code stringData}. */
  static void secret(KubeApi api, String name, String entries, String field) {
    api.apply(
        Ref.of("v1", "Secret", "neon", name),
        MANAGER,
        "{apiVersion: v1, kind: Secret, metadata: {name: %s, namespace: neon}, %s: %s}"
            .formatted(name, field, entries));
  }
}
