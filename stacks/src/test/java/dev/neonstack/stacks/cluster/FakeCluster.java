package dev.neonstack.stacks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.kubefake.FakeApiServer;
import dev.neonstack.stacks.config.ShippedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the look at a cluster begin with: a cluster that has all that is asked for. */
abstract class FakeCluster {
  static final String SECRETS = "/api/v1/namespaces/neon/secrets";
  static final String NODES = "/api/v1/nodes";
  static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
  static final String SETS = "/apis/apps/v1/namespaces/neon/statefulsets";
  static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/neon/deployments";
  static final String CLAIMS = "/api/v1/namespaces/neon/persistentvolumeclaims";

  @TempDir Path folder;
  final FakeApiServer cluster = new FakeApiServer();
  final List<String> warnings = new ArrayList<>();
  ShippedSettings settings;

  @BeforeEach
  void fillTheCluster() throws IOException {
    var kubeconfig =
        Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig("", "token: t"));
    settings =
        ShippedSettings.corp()
            .with("cluster/kubeconfig", kubeconfig.toString())
            .with("cluster/context", "fake");
    version("1", "33+");
    for (var name : List.of("neon", "rook-ceph", "cnpg-system", "kube-system")) {
      cluster.put("/api/v1/namespaces", "{\"metadata\": {\"name\": \"%s\"}}".formatted(name));
    }
    secret("neon-bucket", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
    group("postgresql.cnpg.io", "v1", "backups", "clusters");
    cluster.put(CLASSES, "{\"metadata\": {\"name\": \"standard\"}}");
    for (var name : List.of("a", "b", "c")) {
      node(name, "[]");
    }
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  final void version(String major, String minor) {
    cluster.put(
        "",
        "{\"metadata\": {\"name\": \"version\"}, \"major\": \"%s\", \"minor\": \"%s\"}"
            .formatted(major, minor));
  }

  final void secret(String name, String... entries) {
    var data =
        Stream.of(entries)
            .map(entry -> "\"" + entry + "\": \"c2VjcmV0\"")
            .collect(Collectors.joining(", "));
    cluster.put(
        SECRETS, "{\"metadata\": {\"name\": \"%s\"}, \"data\": {%s}}".formatted(name, data));
  }

  final void secret(String name, Map<String, String> entries) {
    var data =
        entries.entrySet().stream()
            .map(
                entry ->
                    "\"%s\": \"%s\""
                        .formatted(
                            entry.getKey(),
                            Base64.getEncoder().encodeToString(entry.getValue().getBytes(UTF_8))))
            .collect(Collectors.joining(", "));
    cluster.put(
        SECRETS, "{\"metadata\": {\"name\": \"%s\"}, \"data\": {%s}}".formatted(name, data));
  }

  final void group(String group, String version, String... plurals) {
    var resources =
        Stream.of(plurals)
            .map(plural -> "{\"name\": \"" + plural + "\"}")
            .collect(Collectors.joining(", "));
    cluster.put(
        "/apis/" + group,
        "{\"metadata\": {\"name\": \"%s\"}, \"resources\": [%s]}".formatted(version, resources));
  }

  final void node(String name, String taints) {
    cluster.put(
        NODES,
        """
        {"metadata": {"name": "%s", "labels": {"kubernetes.io/hostname": "%s", "neon": "storage"}},
         "spec": {"taints": %s}}
        """
            .formatted(name, name, taints));
  }

  final void check() {
    var config = settings.read().corp().orElseThrow();
    new ClusterCheck(config, Map.of(), warnings::add).run();
  }

  final AbstractThrowableAssert<?, ? extends Throwable> refused() {
    return assertThatThrownBy(this::check);
  }
}
