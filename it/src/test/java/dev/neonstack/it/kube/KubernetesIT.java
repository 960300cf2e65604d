package dev.neonstack.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Repository;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.harness.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the other tests of Kubernetes stand on: the test cluster, and what the plugin does to it.
 */
@ExtendWith({OnPlatform.class, OnKubernetes.class})
class KubernetesIT {
  private static final String NAMESPACE =
      """
      apiVersion: v1
      kind: Namespace
      metadata:
        name: %s
        labels:
          pod-security.kubernetes.io/enforce: restricted
      """;

  private static final String STORE =
      """
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: shop}
      data: {colour: red}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: key, namespace: shop}
      stringData: {password: open-sesame}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: store, namespace: shop}
      spec:
        selector: {app: store}
        ports: [{name: http, port: 80}]
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: store, namespace: shop}
      spec:
        replicas: 3
        serviceName: store
        podManagementPolicy: Parallel
        selector: {matchLabels: {app: store}}
        template:
          metadata: {labels: {app: store}}
          spec:
            securityContext:
              runAsNonRoot: true
              runAsUser: 1000
              seccompProfile: {type: RuntimeDefault}
            topologySpreadConstraints:
              - maxSkew: 1
                topologyKey: topology.kubernetes.io/zone
                whenUnsatisfiable: DoNotSchedule
                labelSelector: {matchLabels: {app: store}}
            containers:
              - name: store
                image: example.invalid/store:1
                securityContext:
                  allowPrivilegeEscalation: false
                  capabilities: {drop: [ALL]}
                volumeMounts: [{name: data, mountPath: /data}]
        volumeClaimTemplates:
          - metadata: {name: data}
            spec:
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 1Gi}}
      """;

  private static final String WORKER =
      """
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: worker, namespace: %s}
      spec:
        selector: {matchLabels: {app: worker}}
        template:
          metadata: {labels: {app: worker}}
          spec:
            %s
            containers: [{name: worker, image: example.invalid/worker:1}]
      """;

  private static final String CLAIMS =
      "{apiVersion: v1, kind: Namespace, metadata: {name: claims}}";

  private static final String GIVE_BACK =
      """
      [{"op": "test", "path": "/metadata/managedFields/%1$d/manager", "value": "kubectl"},
       {"op": "remove", "path": "/metadata/managedFields/%1$d"}]
      """;

  @TempDir Path folder;

  private Stack stack(Platform platform, KubeServer kube) {
    return Stack.ofObjects(platform, folder)
        .config("kubernetes:kubeconfig: '" + kube.kubeconfig() + "'");
  }

  @Test
  void objectsComeServeChangeAndGo(Platform platform, KubeServer kube) {
    var store = NAMESPACE.formatted("shop") + STORE;
    var stack = stack(platform, kube).objects(store);

    stack.preview().succeeded().says("+ kubernetes:apps/v1:StatefulSet");
    assertThat(kube.api().get(Ref.ofCluster("v1", "Namespace", "shop"))).isEmpty();

    stack.up().succeeded();
    var zones = pods(kube, "shop").stream().map(pod -> zone(kube, pod)).collect(Collectors.toSet());
    assertThat(zones).containsExactlyInAnyOrder("us-east-1a", "us-east-1b", "us-east-1c");
    assertThat(pods(kube, "shop")).hasSize(3).allMatch(KubernetesIT::isReady);
    assertThat(kube.api().list("v1", "PersistentVolumeClaim", Optional.of("shop")))
        .hasSize(3)
        .allMatch(claim -> claim.path("status").path("phase").asText().equals("Bound"));
    assertThat(stack.state()).doesNotContain("open-sesame").doesNotContain("b3Blbi1zZXNhbWU");

    stack.up("--expect-no-changes").succeeded();
    stack.refresh("--expect-no-changes").succeeded();

    stack.objects(store.replace("replicas: 3", "replicas: 4"));
    stack.up().succeeded().says("~ 1 updated").says("5 unchanged");
    Wait.until("there is a fourth pod", () -> pods(kube, "shop").size() == 4);

    stack.destroy().succeeded();
    assertThat(kube.api().inventory()).noneMatch(object -> object.contains("shop"));
    assertThat(kube.api().list("v1", "PersistentVolume", Optional.empty()))
        .noneMatch(volume -> volume.path("spec").path("claimRef").toString().contains("shop"));
  }

  @Test
  void whatAnotherHasChangedIsSeenAndSetRight(Platform platform, KubeServer kube) {
    var stack =
        stack(platform, kube)
            .objects(
                NAMESPACE.formatted("drift")
                    + "---\n"
                    + "{apiVersion: v1, kind: ConfigMap, data: {colour: red},"
                    + " metadata: {name: settings, namespace: drift}}");
    stack.up().succeeded();
    var settings = Ref.of("v1", "ConfigMap", "drift", "settings");
    kube.api()
        .apply(
            settings,
            "somebody",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {colour: blue}}");

    stack.refresh().succeeded().says("~ 1 updated");
    stack.up().succeeded().says("+-1 replaced");

    assertThat(kube.api().get(settings).orElseThrow().path("data").path("colour").asText())
        .isEqualTo("red");
  }

  /** Of what Kubernetes itself defines, the plugin leaves out what it does not know. */
  @Test
  void fieldsThatNoOperatorKnowsAreRefused(Platform platform, KubeServer kube) {
    var monitor =
        """
        ---
        apiVersion: monitoring.coreos.com/v1
        kind: PodMonitor
        metadata: {name: worker, namespace: strict}
        spec: {selector: {}, podMetricsEndpoint: []}
        """;
    var stack = stack(platform, kube).objects(NAMESPACE.formatted("strict") + monitor);

    stack.up().failed().says(".spec.podMetricsEndpoint: field not declared in schema");
    stack.preview().failed().says("field not declared in schema");

    assertThat(kube.api().inventory()).noneMatch(object -> object.matches("PodM.* strict/.*"));
  }

  @Test
  void theServerRefusesPodsThatBreakTheRulesOfTheirNamespace(Platform platform, KubeServer kube) {
    var locked = NAMESPACE.formatted("locked");
    var bad = WORKER.formatted("locked", "hostNetwork: true");
    var hasty = "metadata: {annotations: {pulumi.com/timeoutSeconds: '5'}, name: worker,";
    var stack =
        stack(platform, kube).objects(locked + bad.replace("metadata: {name: worker,", hasty));

    stack.up().failed().says("Minimum number of live Pods was not attained");
    assertThat(pods(kube, "locked")).isEmpty();

    stack.objects(locked.replace("restricted", "privileged") + bad);
    stack.up().succeeded().says("~ 2 updated");
    assertThat(pods(kube, "locked")).hasSize(1).allMatch(KubernetesIT::isReady);
  }

  @Test
  void whatSomebodyHasSetIsGivenBackAsTheLookAtTheClusterSays(Platform platform, KubeServer kube) {
    var worker = WORKER.formatted("hands", "").replace("selector:", "replicas: 2\n  selector:");
    var open = NAMESPACE.formatted("hands").replace("restricted", "privileged");
    var stack = stack(platform, kube).objects(open + worker);
    stack.up().succeeded();
    var deployment = Ref.of("apps/v1", "Deployment", "hands", "worker");
    kube.api().scale(deployment, 3);

    stack.objects(open + worker.replace("worker:1", "worker:2"));
    stack.up().failed().says("field conflict").says("spec.replicas");

    var live = kube.api().get(deployment).orElseThrow();
    var managers = live.path("metadata").path("managedFields");
    var index = 0;
    while (!managers.get(index).path("manager").asText().equals("kubectl")) {
      index++;
    }
    kube.api().patch(deployment, GIVE_BACK.formatted(index));
    stack.refresh().succeeded();
    stack.up().succeeded();
    assertThat(kube.api().get(deployment).orElseThrow().path("spec").path("replicas").asInt())
        .isEqualTo(2);
  }

  @Test
  void aBucketIsAskedForAsRookDefinesIt(KubeServer kube) throws IOException {
    var claim =
        Files.readString(
            Repository.root().resolve("components/src/test/resources/golden/ceph-claim.yaml"));
    kube.api().apply(Ref.ofCluster("v1", "Namespace", "claims"), "somebody", CLAIMS);

    var made =
        kube.api()
            .apply(
                Ref.of("objectbucket.io/v1alpha1", "ObjectBucketClaim", "claims", "data"),
                "somebody",
                claim
                    .replace("namespace: neon\n", "namespace: claims\n")
                    .replace("  name: neon-data\n", "  name: data\n"));

    assertThat(made.path("spec").path("storageClassName").asText()).isEqualTo("rook-ceph-bucket");
  }

  private static List<JsonNode> pods(KubeServer kube, String namespace) {
    return kube.api().list("v1", "Pod", Optional.of(namespace));
  }

  private static String zone(KubeServer kube, JsonNode pod) {
    var node = Ref.ofCluster("v1", "Node", pod.path("spec").path("nodeName").asText());
    var labels = kube.api().get(node).orElseThrow().path("metadata").path("labels");
    return labels.path("topology.kubernetes.io/zone").asText();
  }

  private static boolean isReady(JsonNode pod) {
    return pod.path("status").path("conditions").toString().contains("\"Ready\"")
        && pod.path("status").path("phase").asText().equals("Running");
  }
}
