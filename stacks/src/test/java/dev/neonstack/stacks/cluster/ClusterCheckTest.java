package dev.neonstack.stacks.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.exceptions.RunException;
import dev.neonstack.kubefake.FakeApiServer;
import dev.neonstack.kubefake.ProxyCertificates;
import dev.neonstack.stacks.config.ShippedSettings;
import dev.neonstack.stacks.config.reading.InvalidConfigException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterCheckTest {
  private static final String SECRETS = "/api/v1/namespaces/neon/secrets";
  private static final String NODES = "/api/v1/nodes";
  private static final String CLASSES = "/apis/storage.k8s.io/v1/storageclasses";
  private static final String SETS = "/apis/apps/v1/namespaces/neon/statefulsets";
  private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/neon/deployments";
  private static final String CLAIMS = "/api/v1/namespaces/neon/persistentvolumeclaims";

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

  private void secret(String name, Map<String, String> entries) {
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

  private void set(String name, String size, String storageClass) {
    cluster.put(
        SETS,
        """
        {"metadata": {"name": "%s"}, "spec": {"volumeClaimTemplates": [{"spec":
          {"storageClassName": "%s", "resources": {"requests": {"storage": "%s"}}}}]}}
        """
            .formatted(name, storageClass, size));
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
        .contains("/api/v1/namespaces/neon", SECRETS + "/neon-bucket", NODES)
        .contains(
            "/apis/postgresql.cnpg.io/v1", SETS + "/safekeeper", CLAIMS + "/data-pageserver-1")
        .doesNotHaveDuplicates();
  }

  @Test
  void allThatIsMissingIsSaidAtOnceWithWhatToDo() {
    settings
        .with("storageClasses", "[{name: neon-ceph-rbd}, {name: neon-local-nvme, kind: local}]")
        .with("images/pullSecrets", "[registry]")
        .with("objectStore/ca", "{secret: neon-bucket-ca}")
        .with("proxy", "{tlsSecret: neon-proxy-tls}")
        .with("monitoring", "{prometheus: true}")
        .with("network/prometheus", "monitoring")
        .with("storage/safekeepers/replicas", "5");
    cluster.remove("/apis/postgresql.cnpg.io", "v1");
    group("monitoring.coreos.com", "v1", "podmonitors");
    secret("neon-bucket", "AWS_ACCESS_KEY_ID");
    version("1", "27");
    var kubectl = "kubectl --kubeconfig " + folder.resolve("kubeconfig") + " --context fake ";

    refused()
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("10 problems")
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
            "network.prometheus is 'monitoring', which the cluster does not have; expected the namespace")
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
  void aLargerVolumeIsSaidWithItsSteps() {
    set("safekeeper", "100Gi", "neon-ceph-rbd");
    set("pageserver", "500Gi", "neon-local-nvme");
    check();

    settings.with("storage/safekeepers/volumeGiB", "200");
    var kubectl =
        "kubectl --kubeconfig " + folder.resolve("kubeconfig") + " --context fake -n neon ";
    refused()
        .hasMessageContaining("1 problem ")
        .hasMessageContaining("storage.safekeepers.volumeGiB is '200'; expected 100Gi, which the")
        .hasMessageContaining(
            kubectl
                + "patch pvc data-safekeeper-2 -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"200Gi\"}}}}'")
        .hasMessageContaining(kubectl + "delete statefulset safekeeper --cascade=orphan");

    cluster.remove(SETS, "safekeeper");
    for (var ordinal : List.of(0, 1, 2)) {
      claim("data-safekeeper-" + ordinal, ordinal == 1 ? "100Gi" : "200Gi");
    }
    refused()
        .hasMessageContaining("expected no more than the claims data-safekeeper-1 ask for")
        .hasMessageNotContaining("data-safekeeper-2");

    claim("data-safekeeper-1", "200Gi");
    check();
  }

  private void claim(String name, String size) {
    cluster.put(
        CLAIMS,
        "{\"metadata\": {\"name\": \"%s\"}, \"spec\": {\"resources\": {\"requests\": {\"storage\": \"%s\"}}}}"
            .formatted(name, size));
  }

  @Test
  void aSmallerVolumeAndAnotherClassAreSaid() {
    set("safekeeper", "150Gi", "neon-ceph-rbd");
    set("pageserver", "500Gi", "old-nvme");
    cluster.put(
        "/apis/postgresql.cnpg.io/v1/namespaces/neon/clusters",
        """
        {"metadata": {"name": "storage-controller-db"},
         "spec": {"storage": {"size": "30Gi", "storageClass": "neon-ceph-rbd"}}}
        """);

    refused()
        .hasMessageContaining("3 problems")
        .hasMessageContaining("storage.safekeepers.volumeGiB is '100'; expected 150Gi")
        .hasMessageContaining("volumes do not shrink")
        .hasMessageContaining(
            "storage.pageservers.storageClass is 'neon-local-nvme'; expected 'old-nvme'")
        .hasMessageContaining("storage.controller.database.volumeGiB is '20'; expected 30Gi");
  }

  @Test
  void whatSomebodyHasSetByHandIsSaidWithHowToGiveItBack() {
    cluster.put(
        DEPLOYMENTS,
        """
        {"metadata": {"name": "proxy", "labels": {"app.kubernetes.io/part-of": "neonstack"},
          "managedFields": [
            {"manager": "pulumi-kubernetes-0a1b2c3d", "operation": "Apply",
             "fieldsV1": {"f:spec": {"f:strategy": {}}}},
            {"manager": "kubectl", "operation": "Update", "time": "2026-11-28T01:00:00Z",
             "subresource": "scale", "fieldsV1": {"f:spec": {"f:replicas": {}}}},
            {"manager": "kube-controller-manager", "operation": "Update", "subresource": "status",
             "fieldsV1": {"f:status": {"f:replicas": {}}}},
            {"manager": "kubectl-rollout", "operation": "Update",
             "fieldsV1": {"f:spec": {"f:template": {"f:metadata": {"f:annotations":
               {"f:kubectl.kubernetes.io/restartedAt": {}}}}}}}]}}
        """);

    refused()
        .hasMessageContaining("1 problem ")
        .hasMessageContaining(
            "Deployment 'proxy' has spec.replicas from 'kubectl' (2026-11-28T01:00:00Z); expected this stack's hand only")
        .hasMessageContaining(
            "patch deployment proxy --type=json -p '[{\"op\":\"test\",\"path\":\"/metadata/managedFields/1/manager\",\"value\":\"kubectl\"}");
  }

  @Test
  void anImageThatSomebodyHasSetIsNamedByItsContainer() {
    cluster.put(
        SETS,
        """
        {"metadata": {"name": "pageserver", "labels": {"app.kubernetes.io/part-of": "neonstack"},
          "managedFields": [{"manager": "kubectl-set", "operation": "Update",
             "fieldsV1": {"f:spec": {"f:template": {"f:spec": {"f:containers":
               {"k:{\\"name\\":\\"pageserver\\"}": {"f:image": {}}}}}}}}]}}
        """);

    refused()
        .hasMessageContaining(
            "StatefulSet 'pageserver' has spec.template.spec.containers[pageserver].image from 'kubectl-set'");
  }

  @Test
  void aCertificateThatTheProxyCannotUseIsSaid() {
    settings.with("proxy", "{tlsSecret: neon-proxy-tls}");
    secret("neon-proxy-tls", Map.of("tls.crt", ProxyCertificates.ALONE, "tls.key", "key"));
    check();

    secret(
        "neon-proxy-tls",
        Map.of("tls.crt", ProxyCertificates.BEHIND_AN_ORGANISATION, "tls.key", "key"));
    refused()
        .hasMessageContaining(
            "proxy.tlsSecret: the Secret 'neon-proxy-tls' has the subject 'CN=*.db.example, O=Corp'; expected CN=*.DOMAIN and nothing beside it");

    secret("neon-proxy-tls", Map.of("tls.crt", "certificate", "tls.key", "key"));
    refused().hasMessageContaining("has no certificate in tls.crt; expected one in PEM");
  }

  @Test
  void aDatabaseOfSomebodyElseIsVerifiedOnlyWhenItsUrlSaysSo() {
    settings
        .with("storage/controller/database", "{url: {secret: db}, ca: {secret: db-ca}}")
        .with("network/database", "{cidrs: [10.2.0.5/32], ports: [5432]}");
    secret("db-ca", Map.of("ca.crt", "certificate"));
    secret("db", Map.of("uri", "postgresql://u:unspeakable@h/d?sslmode=require"));
    check();

    secret("db", Map.of("uri", "postgresql://u:unspeakable@h/d?sslmode=verify-full"));
    refused()
        .hasMessageContaining(
            "storage.controller.database.url: the Secret 'db' has a URL with sslmode=verify-full; expected sslmode=require")
        .hasMessageNotContaining("unspeakable");

    secret("db", Map.of("uri", "postgresql://u:unspeakable@h/d"));
    refused().hasMessageContaining("has a URL with no sslmode; expected sslmode=require");

    settings.with("storage/controller/database", "{url: {secret: db}}");
    check();
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
