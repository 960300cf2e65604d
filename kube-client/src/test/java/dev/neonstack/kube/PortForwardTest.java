package dev.neonstack.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.kube.ClusterException.Kind;
import dev.neonstack.kubefake.FakeApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PortForwardTest {
  private static final String PODS = "/api/v1/namespaces/neon/pods";
  private static final int PORT = 50051;

  private final FakeApiServer api = new FakeApiServer();
  private final Echo first = new Echo("one:");
  private final Echo second = new Echo("two:");

  @BeforeEach
  void deploy() {
    api.put(
        "/api/v1/namespaces/neon/services",
        """
        {"metadata": {"name": "storage-controller"},
         "spec": {"selector": {"app": "sc"}, "ports": [{"port": 50051, "targetPort": "http"}]}}
        """);
    pod("sc-a", "Running", true);
    api.backend("sc-a", 1234, first.port());
    api.backend("sc-b", 1234, second.port());
  }

  @AfterEach
  void close() {
    api.close();
    first.close();
    second.close();
  }

  private void pod(String name, String phase, boolean ready) {
    api.put(
        PODS,
        """
        {"metadata": {"name": "%s", "labels": {"app": "sc"}},
         "spec": {"containers": [{"ports": [{"name": "http", "containerPort": 1234}]}]},
         "status": {"phase": "%s", "conditions": [{"type": "Ready", "status": "%s"}]}}
        """
            .formatted(name, phase, ready ? "True" : "False"));
  }

  private Cluster cluster() {
    var config = api.kubeconfig("", "token: secret-token");
    return Cluster.of(new ClusterSettings(Optional.of(config), Optional.empty()), Map.of());
  }

  private PortForward forward() {
    return PortForward.toService(cluster(), "neon", "storage-controller", PORT);
  }

  private static Socket connect(PortForward forward) throws IOException {
    return new Socket(forward.url().getHost(), forward.url().getPort());
  }

  private static String ask(PortForward forward, String text) throws IOException {
    try (var socket = connect(forward)) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      var answer = socket.getInputStream().readNBytes(text.length() + 4);
      return new String(answer, StandardCharsets.UTF_8);
    }
  }

  @Test
  void bytesGoToTheReadyPodAndBack() throws IOException {
    api.requireToken("secret-token");
    pod("sc-0-not-ready", "Running", false);
    try (var forward = forward()) {
      assertThat(ask(forward, "hello")).isEqualTo("one:hello");
      assertThat(ask(forward, "again")).isEqualTo("one:again");
      assertThat(forward.problem()).isEmpty();
    }
  }

  @Test
  void manyBytesArriveWhole() throws Exception {
    var bytes = new byte[3_000_000];
    new Random(1).nextBytes(bytes);
    try (var forward = forward();
        var socket = connect(forward)) {
      socket.getInputStream().readNBytes(4);
      var sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  socket.getOutputStream().write(bytes);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
      sending.get();
    }
  }

  @Test
  void theNextConnectionFindsTheNextPod() throws IOException {
    try (var forward = forward();
        var open = connect(forward)) {
      assertThat(open.getInputStream().readNBytes(4)).asString().isEqualTo("one:");
      pod("sc-b", "Running", true);
      api.remove(PODS, "sc-a");
      assertThat(open.getInputStream().read()).isEqualTo(-1);
      assertThat(ask(forward, "hello")).isEqualTo("two:hello");
    }
  }

  @Test
  void aServiceWithoutAReadyPodSaysHowItsPodsStand() {
    pod("sc-a", "Pending", false);
    assertThatThrownBy(this::forward)
        .isInstanceOf(ClusterException.class)
        .hasMessage(
            "Service 'storage-controller' in namespace 'neon' has no ready pod (sc-a is Pending);"
                + " look with: kubectl -n neon get pods");
    api.remove(PODS, "sc-a");
    assertThatThrownBy(this::forward).hasMessageContaining("(no pod at all)");
  }

  @Test
  void aMissingServiceIsNamed() {
    assertThatThrownBy(() -> PortForward.toService(cluster(), "other", "storage-controller", PORT))
        .hasMessage(
            "there is no Service 'storage-controller' in namespace 'other'; is it the right"
                + " namespace, and is Neon deployed there?");
  }

  @Test
  void aForbiddenForwardSaysWhatTheUserNeeds() {
    api.forbid(".*/portforward");
    assertThatThrownBy(this::forward)
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN))
        .hasMessageContaining("forbids to forward to port 1234 of pod neon/sc-a; in the namespace")
        .hasMessageContaining("get and create on pods/portforward");
  }

  @Test
  void aPortThatNothingListensAtIsTold() throws Exception {
    api.backend("sc-a", 1234, 1);
    try (var forward = forward();
        var socket = connect(forward)) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      var problem = forward.problem();
      for (var tries = 0; problem.isEmpty() && tries < 200; tries++) {
        Thread.sleep(10);
        problem = forward.problem();
      }
      assertThat(problem.orElseThrow())
          .hasMessage(
              "the connection to port 1234 of pod neon/sc-a broke: error forwarding port 1234 to pod"
                  + " sc-a: connection refused");
    }
  }

  @Test
  void aPodIsReachedByItsName() throws IOException {
    try (var forward = PortForward.toPod(cluster(), "neon", "sc-a", 1234)) {
      assertThat(ask(forward, "hello")).isEqualTo("one:hello");
    }
    assertThatThrownBy(() -> PortForward.toPod(cluster(), "neon", "sc-z", 1234))
        .hasMessageStartingWith("there is no pod 'sc-z' in namespace 'neon'");
  }
}
