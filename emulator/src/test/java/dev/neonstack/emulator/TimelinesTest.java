package dev.neonstack.emulator;

import static dev.neonstack.emulator.EmulatorHarness.branchBody;
import static dev.neonstack.emulator.EmulatorHarness.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.emulator.EmulatorHarness.Reply;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was measured on a pageserver but is not among the recorded exchanges. */
class TimelinesTest extends OnOneProject {
  private static final String NO_HISTORY =
      "{\"pitr_interval\":\"0s\",\"lsn_lease_length\":\"0s\",\"gc_period\":\"0s\"}";

  @Override
  String settings() {
    return NO_HISTORY;
  }

  @Test
  void aBranchAboveTheHeadWaitsAndThenIsRefused() {
    var reply = emulator.create(tenant, branchBody(TimelineId.random(), main, "0/9000000"));

    assertThat(reply.status()).isEqualTo(406);
    assertThat(reply.message())
        .startsWith("Timed out while waiting for WAL record at LSN 0/9000000");
  }

  @Test
  void aBranchAboveTheHeadIsMadeWhenTheHeadGetsThere() {
    emulator.close();
    emulator =
        new EmulatorHarness(folder, config -> config.withWaitLsnTimeout(Duration.ofSeconds(30)));
    var id = TimelineId.random();
    var create =
        emulator.callLater(
            "POST", "/v1/tenant/" + tenant + "/timeline", branchBody(id, main, "0/2000000"));

    emulator.data().setHead(main, Lsn.parse("0/2000000"));

    assertThat(create.join().status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "0/1511afd, 0/1511B00",
    "0000/01511B00, 0/1511B00",
    "'0/1511B00 ', 0/1511B00",
    "0/1511AF9, 0/1511B00"
  })
  void positionsAreTakenInAnyFormAndRoundedUp(String given, String start) {
    var reply = emulator.create(tenant, branchBody(TimelineId.random(), main, given));

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body().get("ancestor_lsn").asText()).isEqualTo(start);
  }

  @Test
  void equalBranchRequestsAtOnceMakeOneBranch() {
    var body = branchBody(TimelineId.random(), main, "0/1511B00");
    var replies =
        IntStream.range(0, 20)
            .mapToObj(i -> emulator.callLater("POST", "/v1/tenant/" + tenant + "/timeline", body))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(Reply::status)
            .toList();

    assertThat(replies).contains(201).allMatch(status -> status == 201 || status == 429);
    assertThat(emulator.call("GET", "/v1/tenant/" + tenant + "/timeline").body()).hasSize(2);
  }

  @Test
  void oneOfManyDeletesIsAcceptedAndTheOthersSayItIsInProgress() {
    var gate = emulator.data().holdDeletes();
    var replies =
        IntStream.range(0, 10)
            .mapToObj(i -> emulator.callLater("DELETE", path(tenant, main)))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(Reply::status)
            .toList();

    assertThat(replies).containsOnlyOnce(202).filteredOn(status -> status == 409).hasSize(9);
    assertThat(emulator.call("GET", path(tenant, main)).body().get("state").asText())
        .isEqualTo("Stopping");
    gate.countDown();
    EmulatorHarness.await(
        "it is gone", () -> emulator.call("DELETE", path(tenant, main)).status() == 404);
    assertThat(emulator.data().exists(tenant, main)).isFalse();
  }

  @Test
  void aLowerGenerationIsRefused() {
    var path = "/v1/tenant/" + tenant + "/location_config";
    var body = "{\"mode\":\"AttachedSingle\",\"generation\":%d,\"tenant_conf\":{}}";
    assertThat(emulator.call("PUT", path, body.formatted(3)).status()).isEqualTo(200);

    var reply = emulator.call("PUT", path, body.formatted(2));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).contains("Generation 00000002 is less than existing 00000003");
  }

  @Test
  void archivingAParentOfAnUnarchivedBranchIsRefused() {
    var child = emulator.branch(tenant, main);

    var reply =
        emulator.call("PUT", path(tenant, main) + "/archival_config", "{\"state\":\"Archived\"}");

    assertThat(reply.status()).isEqualTo(412);
    assertThat(reply.message())
        .isEqualTo(
            "Precondition failed: Cannot archive timeline which has non-archived child timelines: ["
                + child
                + "]");
  }

  @Test
  void collectionMovesTheCutoffButKeepsWhatALeaseNeeds() {
    emulator.data().setHead(main, Lsn.parse("0/3000000"));
    emulator.call("PATCH", "/v1/tenant/config", conf("\"lsn_lease_length\":\"1h\""));
    emulator.call("POST", path(tenant, main) + "/lsn_lease", "{\"lsn\":\"0/2000000\"}");
    emulator.call("PATCH", "/v1/tenant/config", conf("\"lsn_lease_length\":\"0s\""));

    collect();

    assertThat(emulator.data().retained()).contains(main + " 0/2000000");
    assertThat(cutoff()).isEqualTo("0/3000000");
    assertThat(emulator.create(tenant, branchBody(TimelineId.random(), main, "0/2000000")).status())
        .isEqualTo(201);
    assertThat(emulator.create(tenant, branchBody(TimelineId.random(), main, "0/2000008")).status())
        .isEqualTo(406);
  }

  @Test
  void nothingIsCollectedWhileItIsBlocked() {
    emulator.data().setHead(main, Lsn.parse("0/3000000"));
    emulator.call("POST", path(tenant, main) + "/block_gc");
    collect();
    assertThat(cutoff()).isEqualTo(FakeTimelineData.INITDB_END.toString());

    emulator.call("POST", path(tenant, main) + "/unblock_gc");
    collect();
    assertThat(cutoff()).isEqualTo("0/3000000");
  }

  @Test
  void waitingForAPositionTellsWhetherItWasReached() {
    var path = "/v1/tenant/" + tenant + "/wait_lsn";
    var timeout = ",\"timeout\":{\"secs\":0,\"nanos\":1000000}}";

    assertThat(emulator.call("POST", path, wait(main, "0/1511B00") + timeout).status())
        .isEqualTo(200);
    assertThat(emulator.call("POST", path, wait(main, "0/9000000") + timeout).status())
        .isEqualTo(202);
    assertThat(emulator.call("POST", path, wait(TimelineId.random(), "0/8") + timeout).status())
        .isEqualTo(404);
  }

  @Test
  void aHeadRequestIsAnUnknownPage() {
    assertThat(emulator.call("HEAD", "/v1/status").status()).isEqualTo(404);
  }

  @Test
  void answersCarryTheHeadersOfAPageserver() {
    var headers = emulator.call("GET", "/v1/status").raw().headers();

    assertThat(headers.firstValue("x-request-id")).isPresent();
    assertThat(headers.firstValue("pageserver_launch_timestamp").orElseThrow()).endsWith(" UTC");
    assertThat(headers.firstValue("content-type")).hasValue("application/json");
  }

  @Test
  void aPortInUseIsSaidWithTheSettingThatChangesIt() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var config = EmulatorHarness.config(folder.resolve("other"));
      var onTaken =
          EmulatorConfig.of(
              config.dataDir(),
              taken.getLocalPort(),
              config.adminPasswordFile(),
              config.cacheDir());

      assertThatThrownBy(
              () -> Emulator.start(onTaken, lookup -> new FakeTimelineData(folder, lookup)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("NEONSTACK_STORAGE_PORT");
    }
  }

  private void collect() {
    var reply = emulator.call("PUT", path(tenant, main) + "/do_gc", "{\"gc_horizon\":0}");
    assertThat(reply.status()).isEqualTo(200);
  }

  private String cutoff() {
    return emulator.call("GET", path(tenant, main)).body().get("applied_gc_cutoff_lsn").asText();
  }

  private String conf(String setting) {
    return "{\"tenant_id\":\"" + tenant + "\"," + setting + "}";
  }

  private static String wait(TimelineId timeline, String lsn) {
    return "{\"" + timeline + "\":\"" + lsn + "\"";
  }
}
