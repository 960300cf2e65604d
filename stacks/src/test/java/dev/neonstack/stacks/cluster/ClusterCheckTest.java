package dev.neonstack.stacks.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import dev.neonstack.kubefake.FakeApiServer;
import dev.neonstack.stacks.config.InvalidConfigException;
import dev.neonstack.stacks.config.ShippedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterCheckTest {
  private static final String SECRETS = "/api/v1/namespaces/neon/secrets";
  private static final String NODES = "/api/v1/nodes";
  private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";

  @TempDir Path folder;
  private final FakeApiServer cluster = new FakeApiServer();
  private final List<String> warnings = new ArrayList<>();
  private ShippedSettings settings;

  @BeforeEach
  void fillTheCluster() throws IOException {
    var kubeconfig =
        Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig("", "token: t"));
    settings =
        ShippedSettings.corp()
            .with("cluster/kubeconfig", kubeconfig.toString())
            .with("cluster/context", "fake");
    version("1", "33+");
    cluster.put("/api/v1/namespaces", "{\"metadata\": {\"name\": \"neon\"}}");
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

  private void version(String major, String minor) {
    cluster.put(
        "",
        "{\"metadata\": {\"name\": \"version\"}, \"major\": \"%s\", \"minor\": \"%s\"}"
            .formatted(major, minor));
  }

  private void secret(String name, String... entries) {
    var data =
        Stream.of(entries)
            .map(entry -> "\"" + entry + "\": \"c2VjcmV0\"")
            .collect(Collectors.joining(", "));
    cluster.put(
        SECRETS, "{\"metadata\": {\"name\": \"%s\"}, \"data\": {%s}}".formatted(name, data));
  }

  private void group(String group, String version, String... plurals) {
    var resources =
        Stream.of(plurals)
            .map(plural -> "{\"name\": \"" + plural + "\"}")
            .collect(Collectors.joining(", "));
    cluster.put(
        "/apis/" + group,
        "{\"metadata\": {\"name\": \"%s\"}, \"resources\": [%s]}".formatted(version, resources));
  }

  private void node(String name, String taints) {
    cluster.put(
        NODES,
        """
        {"metadata": {"name": "%s", "labels": {"kubernetes.io/hostname": "%s", "neon": "storage"}},
         "spec": {"taints": %s}}
        """
            .formatted(name, name, taints));
  }

  private void check() {
    var config = settings.read().corp().orElseThrow();
    new ClusterCheck(config, Map.of(), warnings::add).run();
  }

  private AbstractThrowableAssert<?, ? extends Throwable> refused() {
    return assertThatThrownBy(this::check);
  }

  @Test
  void aClusterThatHasEverythingIsLetPass() {
    check();

    assertThat(warnings).isEmpty();
    assertThat(cluster.requests())
        .startsWith("/version")
        .containsExactlyInAnyOrder(
            "/version",
            "/api/v1/namespaces/neon",
            SECRETS + "/neon-bucket",
            "/apis/postgresql.cnpg.io/v1",
            NODES);
  }

  @Test
  void allThatIsMissingIsSaidAtOnceWithWhatToDo() {
    settings
        .with("storageClasses", "[{name: neon-ceph-rbd}, {name: neon-local-nvme, kind: local}]")
        .with("images/pullSecrets", "[registry]")
        .with("objectStore/ca", "{secret: neon-bucket-ca}")
        .with("proxy", "{tlsSecret: neon-proxy-tls}")
        .with("monitoring", "{prometheus: true}")
        .with("storage/safekeepers/replicas", "5");
    cluster.remove("/apis/postgresql.cnpg.io", "v1");
    group("monitoring.coreos.com", "v1", "podmonitors");
    secret("neon-bucket", "AWS_ACCESS_KEY_ID");
    version("1", "27");
    var kubectl = "kubectl --kubeconfig " + folder.resolve("kubeconfig") + " --context fake ";

    refused()
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("9 problems")
        .hasMessageContaining("nothing was changed")
        .hasMessageContaining(
            "cluster.context is 'fake', which runs Kubernetes 1.27; expected 1.28 or newer")
        .hasMessageContaining(
            "objectStore.credentials names the Secret 'neon-bucket', whose entries are AWS_ACCESS_KEY_ID; expected AWS_SECRET_ACCESS_KEY among them")
        .hasMessageContaining(
            "objectStore.ca names the Secret 'neon-bucket-ca', which is not in namespace 'neon'; expected one with ca.crt. Run: "
                + kubectl
                + "-n neon create secret generic neon-bucket-ca --from-file=ca.crt=FILE")
        .hasMessageContaining("create secret docker-registry registry --docker-server=…")
        .hasMessageContaining("create secret tls neon-proxy-tls --cert=FILE --key=FILE")
        .hasMessageContaining(
            "storageClasses[0].name is 'neon-ceph-rbd'; expected a StorageClass of the cluster, which has standard. See: "
                + kubectl
                + "get storageclass")
        .hasMessageContaining(
            "storage.controller.database needs clusters postgresql.cnpg.io/v1, which the cluster does not know; expected the operator CloudNativePG")
        .hasMessageContaining(
            "monitoring.prometheus needs prometheusrules monitoring.coreos.com/v1")
        .hasMessageContaining(
            "storage.safekeepers.replicas is '5'; expected no more than 3, as nodes where the storage may run have the values a, b, c of label kubernetes.io/hostname")
        .hasMessageNotContaining("c2VjcmV0");
  }

  @Test
  void aNamespaceThatIsNotThereIsMadeFirst() {
    cluster.remove("/api/v1/namespaces", "neon");
    cluster.remove(SECRETS, "neon-bucket");

    refused()
        .hasMessageContaining("cluster.namespace is 'neon', which is not there yet")
        .hasMessageContaining("create namespace neon")
        .hasMessageContaining(
            "create secret generic neon-bucket --from-literal=AWS_ACCESS_KEY_ID=… --from-literal=AWS_SECRET_ACCESS_KEY=…");
  }

  @Test
  void aKubeconfigGivenAsItsContentIsNotShown() {
    settings.with(
        "cluster/kubeconfig", "|\n" + cluster.kubeconfig("", "token: unspeakable").indent(2));
    cluster.remove(SECRETS, "neon-bucket");

    refused()
        .hasMessageContaining("Run: kubectl --context fake -n neon create secret")
        .hasMessageNotContaining("unspeakable");
  }

  @Test
  void whatAnOperatorMakesIsNotAskedFor() {
    settings
        .without("objectStore/credentials")
        .with("objectStore/claim", "{storageClass: rook-ceph-bucket}");
    cluster.remove(SECRETS, "neon-bucket");
    cluster.remove("/api/v1/namespaces", "neon");
    cluster.put(CLASSES, "{\"metadata\": {\"name\": \"rook-ceph-bucket\"}}");
    group("objectbucket.io", "v1alpha1", "objectbucketclaims");
    check();

    cluster.remove(CLASSES, "rook-ceph-bucket");
    cluster.remove("/apis/objectbucket.io", "v1alpha1");
    refused()
        .hasMessageContaining("2 problems")
        .hasMessageContaining("objectStore.claim.storageClass is 'rook-ceph-bucket'")
        .hasMessageContaining("objectStore.claim needs objectbucketclaims");
  }

  @Test
  void aDatabaseOfSomebodyElseNeedsItsSecretAndNoOperator() {
    settings
        .with("storage/controller/database", "{url: {secret: db}}")
        .with("network/database", "{cidrs: [10.2.0.5/32], ports: [5432]}");
    cluster.remove("/apis/postgresql.cnpg.io", "v1");

    refused()
        .hasMessageContaining("1 problem ")
        .hasMessageContaining("storage.controller.database.url names the Secret 'db'")
        .hasMessageContaining("expected one with uri");
  }

  @Test
  void onlyNodesWhereTheStorageMayRunAreCounted() {
    settings.with(
        "placement",
        "{nodeSelector: {neon: storage}, tolerations: [{key: mine, value: yes-mine}]}");
    var mine = "{\"key\": \"mine\", \"value\": \"%s\", \"effect\": \"%s\"}";
    var cordoned = "{\"key\": \"node.kubernetes.io/unschedulable\", \"effect\": \"NoSchedule\"}";
    node("a", "[" + mine.formatted("yes-mine", "NoSchedule") + "," + cordoned + "]");
    node("b", "[" + mine.formatted("other", "PreferNoSchedule") + "]");
    check();

    node("b", "[" + mine.formatted("other", "NoSchedule") + "]");
    refused()
        .hasMessageContaining("storage.safekeepers.replicas is '3'; expected no more than 2")
        .hasMessageContaining("have the values a, c of label")
        .hasMessageContaining("storage.controller.database.instances is '3'")
        .hasMessageNotContaining("pageservers");
  }

  @Test
  void whatTheUserMayNotSeeIsAWarning() {
    cluster.remove(SECRETS, "neon-bucket");
    cluster.forbid(".*/secrets/.*");
    cluster.forbid(NODES);
    check();

    assertThat(warnings)
        .containsExactly(
            "the user of context 'fake' may not get secrets in namespace 'neon', list nodes, so that what the configuration takes for granted there was not looked at");
  }

  @Test
  void aClusterThatCannotBeAskedIsSaidInASentence() {
    cluster.close();

    refused()
        .isExactlyInstanceOf(RunException.class)
        .hasMessageContaining("Kubernetes at " + cluster.url())
        .hasMessageContaining(folder.resolve("kubeconfig").toString())
        .hasMessageContaining("does not answer")
        .hasMessageContaining("Nothing was changed");
  }

  @Test
  void aClusterThatFailsOnTheWayIsSaidInASentence() {
    cluster.refuse(NODES, 500);

    refused()
        .isExactlyInstanceOf(RunException.class)
        .hasMessageContaining("answers 500 when asked to list /api/v1/nodes")
        .hasMessageContaining("set cluster.checks to false");
  }

  @Test
  void credentialsThatAreRefusedAreSaid() {
    cluster.requireToken("another");

    refused().isExactlyInstanceOf(RunException.class).hasMessageContaining("log in");
  }

  @Test
  void aContextThatIsNotInTheKubeconfigIsAProblemOfTheConfiguration() {
    settings.with("cluster/context", "moon");

    refused()
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("has no context 'moon'; name one of fake");
  }

  @Test
  void whoMakesTheSecretsLaterTurnsTheLookOff() {
    settings.with("cluster/checks", "false");
    cluster.close();
    check();

    assertThat(cluster.requests()).isEmpty();
  }
}
