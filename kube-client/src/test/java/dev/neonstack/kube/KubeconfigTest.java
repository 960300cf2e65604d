package dev.neonstack.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.kube.ClusterException.Kind;
import dev.neonstack.kubefake.FakeApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  private static final String PODS = "/api/v1/namespaces/neon/pods";

  @TempDir Path dir;

  private final FakeApiServer api = new FakeApiServer();

  @BeforeEach
  void deploy() {
    api.requireToken("good");
    api.put(PODS, "{\"metadata\": {\"name\": \"a\", \"labels\": {\"x\": \"1\"}}}");
    api.put(PODS, "{\"metadata\": {\"name\": \"b\"}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static Cluster cluster(String kubeconfig, String... context) {
    var settings =
        new ClusterSettings(Optional.of(kubeconfig), List.of(context).stream().findAny());
    return Cluster.of(settings, Map.of("PATH", System.getenv("PATH")));
  }

  private static List<String> pods(Cluster cluster, Map<String, String> labels) {
    return cluster.list(PODS, labels).stream()
        .map(pod -> pod.path("metadata").path("name").asText())
        .toList();
  }

  @Test
  void objectsAreFoundAndListed() {
    var cluster = cluster(api.kubeconfig("", "token: good"));

    assertThat(pods(cluster, Map.of())).containsExactly("a", "b");
    assertThat(pods(cluster, Map.of("x", "1"))).containsExactly("a");
    assertThat(cluster.find(PODS + "/a")).isPresent();
    assertThat(cluster.find(PODS + "/c")).isEmpty();
    assertThat(cluster.namespace()).contains("neon");
  }

  @Test
  void aFileIsReadAndItsTokenFileLiesBesideIt() throws IOException {
    var file = dir.resolve("config");
    Files.writeString(dir.resolve("token"), "good\n");
    Files.writeString(file, api.kubeconfig("", "tokenFile: token"));

    assertThat(pods(cluster(file.toString()), Map.of())).hasSize(2);
    var found = new ClusterSettings(Optional.empty(), Optional.empty());
    assertThat(Cluster.of(found, Map.of("KUBECONFIG", file.toString())).namespace())
        .contains("neon");
  }

  @Test
  void aProgramGivesATokenOnceAndAnotherWhenItIsRefused() throws IOException {
    var script = dir.resolve("get-token");
    Files.writeString(
        script,
        """
        #!/bin/sh
        echo "$KUBERNETES_EXEC_INFO" >>%1$s/info
        echo run >>%1$s/runs
        token=$PREFIX
        [ $(wc -l <%1$s/runs) -lt 2 ] || token=better
        echo '{"apiVersion": "client.authentication.k8s.io/v1", "status": {"token": "'$token'"}}'
        """
            .formatted(dir));
    assertThat(script.toFile().setExecutable(true)).isTrue();
    var user =
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: %s, provideClusterInfo: true,"
            + " env: [{name: PREFIX, value: good}]}";
    var cluster = cluster(api.kubeconfig("", user.formatted(script)));

    assertThat(pods(cluster, Map.of())).hasSize(2);
    assertThat(pods(cluster, Map.of())).hasSize(2);
    assertThat(Files.readAllLines(dir.resolve("runs"))).hasSize(1);
    assertThat(Files.readString(dir.resolve("info")))
        .contains("\"kind\":\"ExecCredential\"", "\"interactive\":false", api.url());
    api.requireToken("better");
    assertThat(pods(cluster, Map.of())).hasSize(2);
  }

  @Test
  void aProgramThatFailsIsToldWithItsLastWords() {
    var user =
        "exec: {command: sh, args: ['-c', 'echo token abc >&1; echo session has expired >&2; exit 3']}";
    assertThatThrownBy(() -> pods(cluster(api.kubeconfig("", user)), Map.of()))
        .hasMessageEndingWith("its command 'sh' ended with 3: session has expired")
        .hasMessageNotContaining("abc");
    var missing = api.kubeconfig("", "exec: {command: no-such-command, installHint: Get it.}");
    assertThatThrownBy(() -> pods(cluster(missing), Map.of()))
        .hasMessageContaining("cannot be run")
        .hasMessageEndingWith("Get it.");
  }

  @Test
  void aContextThatIsNotThereIsToldWithThoseThatAre() {
    assertThatThrownBy(() -> cluster(api.kubeconfig("", "token: good"), "prod"))
        .hasMessage("the kubeconfig given has no context 'prod'; name one of fake");
    assertThatThrownBy(() -> cluster("{}"))
        .hasMessage("the kubeconfig given has no current context; it has none at all");
  }

  @Test
  void aKubeconfigThatIsNoneIsToldWithoutItsContent() {
    assertThatThrownBy(() -> cluster("token: hunter2\n  bad: [hunter2\n"))
        .hasMessageStartingWith("the kubeconfig given is no YAML, at line ")
        .hasMessageNotContaining("hunter2")
        .hasNoCause();
    assertThatThrownBy(() -> cluster(dir.resolve("none").toString()))
        .hasMessageContaining(
            "cannot be read; give the path of one, its content, or set KUBECONFIG");
  }

  @Test
  void refusedCredentialsAreTold() {
    assertThatThrownBy(() -> pods(cluster(api.kubeconfig("", "token: bad")), Map.of()))
        .isInstanceOfSatisfying(
            ClusterException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAUTHORISED))
        .hasMessageContaining("refuses the credentials; log in to the cluster again")
        .hasMessageNotContaining("bad");
  }

  @Test
  void aClusterThatDoesNotAnswerIsTold() {
    var config = api.kubeconfig("", "token: good");
    api.close();
    assertThatThrownBy(() -> pods(cluster(config), Map.of()))
        .isInstanceOfSatisfying(ClusterException.class, e -> assertThat(e.mayPass()).isTrue())
        .hasMessage(
            "Kubernetes at "
                + api.url()
                + " (context 'fake' of the kubeconfig given) does not answer; is the cluster up, and is"
                + " it reached from here (VPN, proxy)?");
  }
}
