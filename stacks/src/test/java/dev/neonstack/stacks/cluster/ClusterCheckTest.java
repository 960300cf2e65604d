package dev.neonstack.stacks.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.exceptions.RunException;
import dev.neonstack.kubefake.ProxyCertificates;
import dev.neonstack.stacks.config.reading.InvalidConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClusterCheckTest extends FakeCluster {
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
    lackAlmostEverything();
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

  private void lackAlmostEverything() {
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
