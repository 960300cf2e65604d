package dev.neonstack.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.kubefake.FakeApiServer;
import dev.neonstack.provider.fake.FakeControlPlane;
import dev.neonstack.provider.fake.FakeStorage;
import dev.neonstack.provider.value.Props;
import dev.neonstack.provider.value.Value;
import dev.neonstack.provider.value.Value.Secret;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The provider finds storage and control plane inside a cluster by itself. */
class ClusterTest {
  private static final String NAMESPACE = "/api/v1/namespaces/neon-prod/";

  private final FakeApiServer api = new FakeApiServer();
  private final FakeStorage storage = new FakeStorage();
  private final FakeControlPlane controlPlane = new FakeControlPlane();
  private final Engine engine = new Engine();

  @BeforeEach
  void deploy() {
    service("storage-controller", 50051);
    service("control-plane", 9899);
    pod("storage-controller", "a", 50051, storage.url().getPort());
    pod("control-plane", "a", 9899, controlPlane.url().getPort());
  }

  @AfterEach
  void close() {
    engine.close();
    api.close();
    storage.close();
    controlPlane.close();
  }

  private void service(String name, int port) {
    api.put(
        NAMESPACE + "services",
        """
        {"metadata": {"name": "%1$s"},
         "spec": {"selector": {"app": "%1$s"}, "ports": [{"port": %2$d, "targetPort": %2$d}]}}
        """
            .formatted(name, port));
  }

  private void pod(String service, String suffix, int port, int localPort) {
    var name = service + "-" + suffix;
    api.backend(name, port, localPort);
    api.put(
        NAMESPACE + "pods",
        """
        {"metadata": {"name": "%s", "labels": {"app": "%s"}},
         "status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}}
        """
            .formatted(name, service));
  }

  private Props.Builder settings() {
    return Props.builder()
        .put("kubeconfig", new Secret(Value.of(api.kubeconfig("", "token: t"))))
        .put("context", "fake")
        .put("namespace", "neon-prod")
        .put("storageDialect", "pageserver");
  }

  private Engine.Resource project() {
    return engine.create("Project", "demo", Props.builder().put("name", "demo").build());
  }

  @Test
  void aProjectIsMadeThroughPortForwards() {
    engine.configure(settings().put("controlPlaneToken", "api-key").build());
    var project = project();

    assertThat(storage.requests()).isNotEmpty();
    assertThat(controlPlane.requests()).isNotEmpty();
    assertThat(engine.read(project)).contains(project);
  }

  @Test
  void anotherPodTakesOver() {
    engine.configure(settings().build());
    var project = project();
    api.remove(NAMESPACE + "pods", "storage-controller-a");
    pod("storage-controller", "b", 50051, storage.url().getPort());

    assertThat(engine.read(project)).contains(project);
    assertThat(api.requests()).contains(NAMESPACE + "pods/storage-controller-b/portforward");
  }

  @Test
  void whatTheUserMustSettleFailsAtOnce() {
    engine.configure(settings().put("context", "prod").build());
    assertThatThrownBy(this::project)
        .hasMessageContaining("the kubeconfig given has no context 'prod'; name one of fake");

    engine.configure(settings().build());
    api.forbid(".*/portforward");
    assertThatThrownBy(this::project)
        .hasMessageContaining("get and create on pods/portforward")
        .hasMessageNotContaining("fault of neonstack");
  }

  @Test
  void aPodThatIsNotReadyIsWaitedFor() throws Exception {
    engine.configure(settings().build());
    api.remove(NAMESPACE + "pods", "storage-controller-a");
    var creating = CompletableFuture.supplyAsync(this::project);
    for (var tries = 0; tries < 2_000 && timesAsked() < 2; tries++) {
      Thread.sleep(5);
    }
    assertThat(timesAsked()).isGreaterThan(1);
    pod("storage-controller", "a", 50051, storage.url().getPort());

    assertThat(creating.get().initErrors()).isEmpty();
  }

  private long timesAsked() {
    return api.requests().stream().filter((NAMESPACE + "pods")::equals).count();
  }

  @Test
  void aPodThatIsNeverReadyIsNamed() {
    engine.timeout(3);
    engine.configure(settings().build());
    api.remove(NAMESPACE + "pods", "storage-controller-a");
    assertThatThrownBy(this::project)
        .hasMessageContaining(
            "Service 'storage-controller' in namespace 'neon-prod' has no ready pod (no pod at all)");
  }

  @Test
  void settingsThatWaitForAResourceStartNothing() {
    engine.configure(settings().put("kubeconfig", Value.Unknown.VALUE).build());
    assertThatThrownBy(this::project)
        .hasMessageContaining("the settings of the provider are not known yet");
  }
}
