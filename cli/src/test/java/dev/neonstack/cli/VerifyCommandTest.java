package dev.neonstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.cli.Cli.Result;
import dev.neonstack.kubefake.ProxyCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
  @TempDir Path home;

  private final FakeNeon neon = new FakeNeon();

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(home.resolve("kubeconfig"), neon.api.kubeconfig("", "token: t"));
    Files.writeString(
        home.resolve("Pulumi.corp.yaml"),
        """
        config:
          neonstack:cluster:
            kubeconfig: %s
            context: fake
            namespace: neon
        """
            .formatted(home.resolve("kubeconfig")));
    Files.writeString(home.resolve("Pulumi.local.yaml"), "config:\n  neonstack:target: local\n");
  }

  @AfterEach
  void close() {
    neon.close();
  }

  private Result run(String command, String... more) {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of(more));
    var environment = Map.of("NEONSTACK_HOME", home.toString(), "HOME", home.toString());
    return Cli.run(environment, arguments.toArray(String[]::new));
  }

  @Test
  void allIsWellWhereAllIsWell() {
    var result = run("verify", "-s", "corp");

    assertThat(result.out())
        .contains("pods of pageserver", "2 ready")
        .contains("pods of control-plane", "1 ready")
        .contains("0 of 0 projects have a second pageserver")
        .contains("3 of 3 safekeepers are ready, 2 are a quorum")
        .contains("registered safekeepers", "3 active for 3 pods")
        .contains("7 calls went well, 0 failed")
        .contains("tokens at safekeeper-2")
        .contains("made and removed, in a project of its own")
        .doesNotContain("problem");
    assertThat(result.code()).isZero();
    assertThat(neon.requests.stream().filter(line -> line.matches("POST .*/timeline"))).hasSize(2);
    assertThat(neon.requests.get(neon.requests.size() - 1)).startsWith("GET ");
    assertThat(neon.requests.stream().filter(line -> line.matches("DELETE /v1/tenant/[0-9a-f]+")))
        .hasSize(1);
  }

  @Test
  void readingMakesNothing() {
    assertThat(run("verify", "-s", "corp", "--read-only").code()).isZero();
    assertThat(neon.requests).allMatch(line -> line.startsWith("GET "));
  }

  @Test
  void serversThatTakeAnyTokenAreFound() {
    neon.asksForTokens = false;
    var result = run("verify", "-s", "corp");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("GET /v1/tenant with no token gives 200, not 401")
        .contains("with a token of a key it does not know gives 200, not 403")
        .contains("GET /control/v1/node with the operator's token 'pageserver' gives 200, not 403");
  }

  @Test
  void aLostQuorumAndACrashingPodAreTold() {
    neon.pod("safekeeper-1", "safekeeper", false);
    assertThat(run("verify", "-s", "corp").out())
        .contains("2 of 3 safekeepers are ready, 2 are a quorum; one more loss stops commits")
        .contains("1 of 3 not ready: safekeeper-1 is CrashLoopBackOff (back-off 10s)");
    neon.pod("safekeeper-2", "safekeeper", false);
    assertThat(run("verify", "-s", "corp").out())
        .contains("1 of 3 safekeepers are ready, 2 are a quorum: no transaction commits until");
  }

  @Test
  void safekeepersThatAreNotActiveAreNamed() {
    neon.activeSafekeepers = 2;
    var result = run("verify", "-s", "corp");
    assertThat(result.out()).contains("2 active for 3 pods: safekeeper-2 is Pause");
    assertThat(result.code()).isEqualTo(1);
  }

  /** As the storage controller was recorded to list them. */
  private static String project(int number, String secondary, String waits, int copies) {
    return """
    {"tenant_id": "%1$s", "shards": [{"tenant_shard_id": "%1$s", "node_attached": 1, "node_secondary": %2$s,
     "last_error": "", "is_reconciling": false, "is_pending_compute_notification": %3$s, "is_splitting": false,
     "is_importing": false, "scheduling_policy": "Active", "preferred_az_id": "az-ps1"}], "stripe_size": 2048,
     "policy": {"Attached": %4$d}, "config": {}}
    """
        .formatted(Integer.toString(number).repeat(32), secondary, waits, copies);
  }

  @Test
  void projectsWithoutASecondPageserverAreNamed() {
    neon.projects = "[" + project(1, "[2]", "false", 1) + "]";
    assertThat(run("verify", "-s", "corp", "--read-only").out())
        .contains("1 of 1 projects have a second pageserver");

    neon.projects =
        List.of(
                project(1, "[2]", "false", 1),
                project(2, "[]", "true", 1),
                project(3, "[]", "false", 0))
            .toString();
    var result = run("verify", "-s", "corp", "--read-only");
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out())
        .contains("2 of 3 projects have no second pageserver")
        .contains("2".repeat(32) + " (notify-attach was not answered with 200)")
        .contains("3".repeat(32) + " (it was made for one pageserver)")
        .doesNotContain("1".repeat(32));
  }

  @Test
  void aCertificateThatTheProxyCannotUseIsTold() {
    neon.proxy(ProxyCertificates.ALONE);
    assertThat(run("verify", "-s", "corp", "--read-only").out())
        .contains("Secret 'neon-proxy-tls', CN=*.db.example, until 2126-");

    neon.proxy(ProxyCertificates.BEFORE_AN_ORGANISATION);
    for (var command : List.of("verify", "doctor")) {
      var result = run(command, "-s", "corp");
      assertThat(result.out())
          .contains("'neon-proxy-tls' has the subject 'O=Corp, CN=*.db.example'; expected CN=*.");
      assertThat(result.code()).isEqualTo(1);
    }
    neon.proxy("certificate");
    assertThat(run("doctor", "-s", "corp").out()).contains("has no certificate in tls.crt");
  }

  @Test
  void whyNoBranchCanBeMadeIsToldFirst() {
    neon.secret("bm9uZQ==");
    var result = run("verify", "-s", "corp");

    assertThat(result.out())
        .contains("with the operator's token 'pageserver' gives 403, not 200")
        .containsPattern("branch +problem +making a project failed: .* failed with 403")
        .contains("could not be deleted");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void anObjectStoreThatRefusesIsTold() {
    neon.calls = "err";
    var result = run("doctor", "-s", "corp");
    assertThat(result.out())
        .contains("all 7 calls failed: look at endpoint, region, credentials and CA");
  }

  @Test
  void thePostgresOfImagesIsNamedWithTheFaultsItStillHas() throws IOException {
    var digest = "@sha256:" + "1".repeat(64);
    Files.createDirectories(home.resolve("images"));
    Files.writeString(
        home.resolve("images/lock.yaml"),
        "images:\n  compute-v17: neondatabase/compute-node-v17:release-compute-9073" + digest);
    var stack = home.resolve("Pulumi.corp.yaml");
    Files.writeString(
        stack,
        Files.readString(stack)
            + "  neonstack:images: {source: mirror, postgres: 'ghcr.io/cnpg/postgresql:17.11%s'}\n"
                .formatted(digest));

    assertThat(run("doctor", "-s", "corp").out())
        .containsPattern("Postgres of the controller +ok +17.11, no fault of it is known")
        .containsPattern(
            "Postgres of computes +warning +17.5 lacks what mends 17.6 \\(CVE-2025-8713, .*17.11");
  }

  @Test
  void aMissingNamespaceIsNoCrash() {
    neon.api.forbid(".*/pods");
    var result = run("verify", "-s", "corp");
    assertThat(result.out()).contains("forbids to list", "list on pods");
    assertThat(result.code()).isEqualTo(1);
  }

  @Test
  void aStackWithoutAClusterIsRefused() {
    assertThat(run("verify", "-s", "local").err())
        .isEqualTo(
            "error: stack 'local' has no neonstack:cluster, so there is no cluster to look at\n");
    assertThat(run("verify", "-s", "moon").err()).contains("there is no stack 'moon'");
  }
}
