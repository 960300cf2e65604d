package dev.neonstack.it.kube;

import java.util.Set;

/** What the configuration tells its reader to make before the stack: a namespace with Secrets. */
final class Given {
  static final Set<String> SECRETS = Set.of("neon-bucket", "neon-proxy-tls");

  private static final String MANAGER = "somebody";

  private Given() {}

  static void make(KubeApi api) {
    api.apply(
        Ref.ofCluster("v1", "Namespace", "neon"),
        MANAGER,
        "{apiVersion: v1, kind: Namespace, metadata: {name: neon}}",
        false);
    secret(api, "neon-bucket", "{AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: key}");
    secret(api, "neon-proxy-tls", "{tls.crt: certificate, tls.key: key}");
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
            .formatted(name, field, entries),
        false);
  }
}
