package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.ShippedConfig;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.harness.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The stack of a corporate cluster, as its documented configuration declares it, and refusals. */
@ResourceLock("cluster")
@ExtendWith({OnPlatform.class, OnKubernetes.class})
class CorpIT {
  /** Secrets that somebody makes before the stack, and two that CloudNativePG makes. */
  private static final Set<String> GIVEN =
      Set.of(
          "neon-bucket", "neon-proxy-tls", "storage-controller-db-app", "storage-controller-db-ca");

  /** A shell loop of requests with time limits: nothing in it hangs that a restart would mend. */
  private static final String EXCEPTION =
      "Deployment neon/safekeeper-registrar: container safekeeper-registrar has no liveness probe";

  private static final String UNSCHEDULABLE =
      "[{\"op\": \"add\", \"path\": \"/spec/unschedulable\", \"value\": %s}]";

  @TempDir Path folder;
  private ShippedConfig config;

  @BeforeEach
  void writeKubeconfig(KubeServer kube) throws IOException {
    var kubeconfig = Files.writeString(folder.resolve("kubeconfig"), kube.kubeconfig());
    config = CorpConfig.on(kubeconfig);
  }

  @Test
  void theWholeStackComesServesChangesInPartAndGoes(Platform platform, KubeServer kube) {
    var before = ofNeon(kube);
    Given.make(kube.api());
    try (var storage = StorageFront.of(kube, platform.storageOptions())) {
      var stack = Stack.onCluster(platform, folder).config(config.values());
      stack.up().succeeded();

      allPodsRun(kube);
      assertThat(stack.types().stream().filter(type -> type.startsWith("pulumi:providers:")))
          .containsExactlyInAnyOrder("pulumi:providers:kubernetes", "pulumi:providers:neonstack");
      assertThat(Lint.of(stack.inputs("kubernetes:"), GIVEN)).containsExactly(EXCEPTION);
      assertThat(KubeScore.complaints(stack.inputs("kubernetes:"))).isEmpty();
      branchesAreInStorage(platform, stack);
      theControlPlaneKnowsThemAndAnswersTheOthers(stack, kube, storage);
      whatIsWellAndWhatIsNotIsTold(stack, kube, storage);

      stack.up("--expect-no-changes").succeeded();
      stack.refresh("--expect-no-changes").succeeded();
      var changed = changesTouchOnlyWhatTheyShould(stack);
      anUpdateIsNoSuccessWhileAPodWaitsForAMachine(stack, kube, changed);
      whatCannotBecomeIsSaidFirst(stack, kube);

      var tenant = stack.tenant("demo");
      stack.destroy().succeeded();
      assertThat(platform.storage().tenantExists(tenant)).isFalse();
    }
    assertThat(ofNeon(kube)).isEqualTo(before);
  }

  private static void allPodsRun(KubeServer kube) {
    var pods = new TreeMap<String, Integer>();
    for (var pod : kube.api().list("v1", "Pod", Optional.of("neon"))) {
      assertThat(pod.path("status").path("phase").asText()).isEqualTo("Running");
      pods.merge(
          pod.at("/metadata/labels").path("app.kubernetes.io/component").asText(), 1, Integer::sum);
    }
    assertThat(pods)
        .containsEntry("pageserver", 2)
        .containsEntry("safekeeper", 3)
        .containsEntry("storage-broker", 1)
        .containsEntry("storage-controller", 1)
        .containsEntry("control-plane", 1)
        .containsEntry("proxy", 2);
  }

  /** Past everything that the provider spoke through. */
  private static void branchesAreInStorage(Platform platform, Stack stack) {
    var child =
        platform
            .storage()
            .timeline(stack.tenant("demo"), stack.timeline("demo/dev-feature"))
            .orElseThrow();
    assertThat(child.ancestorTimelineId()).contains(stack.timeline("demo/main"));
  }

  private static void theControlPlaneKnowsThemAndAnswersTheOthers(
      Stack stack, KubeServer kube, StorageFront storage) {
    var api = kube.pods().url(PodServers.CONTROL_PLANE_API);
    var project = "/api/v2/projects/" + stack.tenant("demo").value();
    var branches =
        sent(
            api.resolve(project + "/branches"),
            "GET",
            "",
            secret(kube, "control-plane-tokens", "api-key"));
    assertThat(branches.body()).contains("\"name\":\"main\"", "\"name\":\"dev-feature\"");

    var hooks = kube.pods().url(PodServers.CONTROL_PLANE);
    var attach =
        "{\"tenant_id\":\"%s\",\"preferred_az\":\"domain-0\",\"stripe_size\":null,\"shards\":[{\"node_id\":1,\"shard_number\":0}]}"
            .formatted(stack.tenant("demo"));
    var token = secret(kube, "storage-controller-tokens", "control-plane");
    assertThat(sent(hooks.resolve("/notify-attach"), "PUT", attach, token).statusCode())
        .isEqualTo(200);
    assertThat(
            sent(
                    hooks.resolve("/notify-attach"),
                    "PUT",
                    attach,
                    secret(kube, "storage-operator-tokens", "admin"))
                .statusCode())
        .isEqualTo(403);
    var wake = hooks.resolve("/wake_compute?session_id=1&endpointish=ep-none");
    assertThat(sent(wake, "GET", "", secret(kube, "proxy-tokens", "control-plane")).body())
        .contains("ENDPOINT_NOT_FOUND");
    assertThat(sent(wake, "GET", "", token).statusCode()).isEqualTo(403);
    assertThat(sent(hooks.resolve("/metrics"), "GET", "", "").body())
        .contains("neonstack_hooks_total{hook=\"notify-attach\",status=\"200\"} 1.0");
    assertThat(storage.controlPlaneLog())
        .contains("notify-attach: project " + stack.tenant("demo") + " is on pageservers [1]: DONE")
        .doesNotContain(token, "Exception");
  }

  private static String secret(KubeServer kube, String name, String entry) {
    var found = kube.api().get(Ref.of("v1", "Secret", "neon", name)).orElseThrow();
    return new String(Base64.getDecoder().decode(found.path("data").path(entry).asText()), UTF_8);
  }

  private static HttpResponse<String> sent(URI url, String method, String body, String token) {
    var request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking " + url, e);
    }
  }

  private static void whatIsWellAndWhatIsNotIsTold(
      Stack stack, KubeServer kube, StorageFront storage) {
    stack
        .operate("verify")
        .succeeded()
        .says("pods of pageserver")
        .says("3 of 3 safekeepers are ready")
        .says("3 active for 3 pods")
        .says("object store of pageserver-1")
        .says("tokens at safekeeper-2")
        .says("made and removed, in a project of its own");
    assertThat(stack.operate("doctor").output()).contains("3 active for 3 pods");

    var tokens = Ref.of("v1", "Secret", "neon", StorageFront.OPERATOR);
    var good = kube.api().get(tokens).orElseThrow().path("data");
    Given.secret(kube.api(), tokens.name(), "{pageserver: bm9uZQ==}", "data");
    storage.forget("safekeeper-2");
    stack
        .operate("verify")
        .failed()
        .says("2 active for 3 pods: safekeeper-2 is not registered")
        .says("the operator's token 'pageserver' gives 403, not 200")
        .says("making a project failed");
    Given.secret(kube.api(), tokens.name(), good.toString(), "data");
    storage.remember();
  }

  /** The configuration as it is then. */
  private ShippedConfig changesTouchOnlyWhatTheyShould(Stack stack) {
    var another = "- name: qa\n          parent: main\n          endpoint: {enabled: false}\n";
    var wider = config.with("- name: dev-feature", another + "        - name: dev-feature");
    assertThat(stack.config(wider.values()).up().succeeded().changes())
        .containsExactly("created Branch demo/qa");

    var longer = wider.with("historyRetention: 7d", "historyRetention: 8d");
    stack.config(longer.values()).preview().succeeded().says("pitr_interval").says("~ 2 to update");
    assertThat(stack.up().succeeded().changes())
        .containsExactly(
            "updated ConfigMap neon-storage-pageserver",
            "updated StatefulSet neon-storage-pageserver");
    return longer;
  }

  /**
   * Success means that the pods are there. The plugin of these tests looks at the number of ready
   * pods; those from 4.26.0 on, which users get, also see that the update has not begun.
   */
  private void anUpdateIsNoSuccessWhileAPodWaitsForAMachine(
      Stack stack, KubeServer kube, ShippedConfig before) {
    var larger = before.with("volumeGiB: 100", "volumeGiB: 100\n      memory: 5Gi").values();
    var nodes =
        KubeNode.THREE_ZONES.stream()
            .map(node -> Ref.ofCluster("v1", "Node", node.name()))
            .toList();
    nodes.forEach(node -> kube.api().patch(node, UNSCHEDULABLE.formatted("true")));
    try {
      kube.api().delete(Ref.of("v1", "Pod", "neon", "safekeeper-2"));
      Wait.until("a pod waits for a machine", () -> safekeepersIn("Pending", kube).count() == 1);

      var update = stack.config(larger).startUp();
      update.awaitUntil("pods have to be larger", () -> safekeeperMemory(kube).equals("5Gi"));
      assertThat(update.goesOnFor(Duration.ofSeconds(10))).isTrue();

      nodes.forEach(node -> kube.api().patch(node, UNSCHEDULABLE.formatted("false")));
      assertThat(update.await().succeeded().changes())
          .contains("updated StatefulSet neon-storage-safekeeper");
    } finally {
      nodes.forEach(node -> kube.api().patch(node, UNSCHEDULABLE.formatted("false")));
    }
    assertThat(safekeepersIn("Running", kube)).hasSize(3);
  }

  private static Stream<String> safekeepersIn(String phase, KubeServer kube) {
    return kube.api().list("v1", "Pod", Optional.of("neon")).stream()
        .filter(pod -> pod.at("/status/phase").asText().equals(phase))
        .map(pod -> pod.at("/metadata/name").asText())
        .filter(name -> name.startsWith("safekeeper-") && name.length() == "safekeeper-0".length());
  }

  private static String safekeeperMemory(KubeServer kube) {
    return kube.api()
        .get(Ref.of("apps/v1", "StatefulSet", "neon", "safekeeper"))
        .orElseThrow()
        .at("/spec/template/spec/containers/0/resources/requests/memory")
        .asText();
  }

  private void whatCannotBecomeIsSaidFirst(Stack stack, KubeServer kube) {
    var proxy = Ref.of("apps/v1", "Deployment", "neon", "proxy");
    kube.api().scale(proxy, 3);
    var larger = config.with("volumeGiB: 100", "volumeGiB: 200");
    var message =
        stack
            .config(larger.values())
            .preview()
            .failed()
            .says("2 problems")
            .says("storage.safekeepers.volumeGiB is '200'; expected 100Gi")
            .says("delete statefulset safekeeper --cascade=orphan")
            .says("Deployment 'proxy' has spec.replicas from 'kubectl'")
            .output();
    var at = message.replaceFirst("(?s).*\"remove\",\"path\":\"([^\"]+)\".*", "$1");
    kube.api().patch(proxy, "[{\"op\": \"remove\", \"path\": \"%s\"}]".formatted(at));
    stack.config(config.values()).preview().succeeded();
  }

  @Test
  void whatTheConfigurationGetsWrongIsSaidAtOnceAndNothingIsApplied(
      Platform platform, KubeServer kube) {
    var before = ofNeon(kube);
    var wrong =
        config
            .with("production: false", "production: true")
            .with("safekeepers:\n      replicas: 3", "safekeepers:\n      replicas: 2")
            .with("# pageCacheGiB: 4", "pageCacheGiB: 600")
            .with("storageClass: neon-local-nvme", "storageClass: nvme")
            .with("tlsSecret: neon-proxy-tls", "");

    var run = Stack.onCluster(platform, folder).config(wrong.values()).up();

    run.failed()
        .says("7 problems")
        .says("nothing was changed")
        .says(
            "images.controlPlane is 'registry.example/neonstack/control-plane:0.1.0'; expected reg")
        .says("images.neon is 'docker.io/neondatabase/neon:release-9129'; expected registry/name@")
        .says(
            "storage.pageservers.storageClass is 'nvme'; expected one of neon-ceph-rbd, neon-local")
        .says("pageCacheGiB is '600'; expected no more than volumeGiB, which is 500")
        .says("pageCacheGiB is '600'; expected less than memory, which is 8Gi")
        .says("storage.safekeepers.replicas is '2'; expected an odd number from 3")
        .says("proxy.tlsSecret is missing; expected the name of a Secret");
    assertThat(run.output()).doesNotContain("Exception in thread");
    assertThat(ofNeon(kube)).isEqualTo(before);
  }

  @Test
  void whatTheClusterLacksIsSaidAtOnceAndNothingIsApplied(Platform platform, KubeServer kube) {
    Given.others(kube.api());
    var before = ofNeon(kube);
    var wrong =
        config
            .with("kind: ceph-rbd\n      pool: replicapool", "kind: existing")
            .with("credentials: {secret", "claim: {storageClass: rook-ceph-bucket} # {secret");
    var stack = Stack.onCluster(platform, folder).config(wrong.values());

    var run = stack.up();

    run.failed()
        .says("4 problems")
        .says("nothing was changed")
        .says("cluster.namespace is 'neon', which is not there yet")
        .says("proxy.tlsSecret names the Secret 'neon-proxy-tls', which is not in namespace 'neon'")
        .says("storageClasses[0].name is 'neon-ceph-rbd'; expected a StorageClass of the cluster")
        .says("which has standard")
        .says("objectStore.claim.storageClass is 'rook-ceph-bucket'");
    assertThat(run.output()).doesNotContain("Exception in thread");
    assertThat(stack.inputs("kubernetes:")).isEmpty();
    assertThat(ofNeon(kube)).isEqualTo(before);
  }

  /** What there is of Neon; other tests use the cluster at the same time. */
  private static List<String> ofNeon(KubeServer kube) {
    var objects = kube.api().inventory().stream().filter(object -> object.contains("neon"));
    var volumes =
        kube.api().list("v1", "PersistentVolume", Optional.empty()).stream()
            .map(volume -> volume.at("/spec/claimRef/namespace").asText())
            .filter("neon"::equals);
    return Stream.concat(objects, volumes).toList();
  }
}
