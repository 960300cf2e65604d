package dev.neonstack.emulator;

import static dev.neonstack.emulator.EmulatorHarness.branchBody;
import static dev.neonstack.emulator.EmulatorHarness.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways in which a client loses data on a pageserver are here too, so that it can learn. */
class DangersTest extends OnOneProject {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"ancestor_timeline_id\":\"MAIN\",\"ancestor_start_lsn\":\"garbage\"",
        "\"ancestor_timeline_id\":\"MAIN\",\"ancestor_start_lsn\":\"\"",
        "\"ancestor_timeline_id\":\"MAIN\",\"ancestor_start_lsn\":123",
        "\"ancestor_timeline_id\":\"MAIN\",\"ancestor_start_lsn\":\"1511B00\"",
        "\"ancestor_timeline_id\":\"MAIN\",\"read_only\":\"yes\"",
        "\"ancestor_timeline_id\":\"nothex\"",
        "\"ancestor_timeline_id\":null",
        "\"ancestor_timelineid\":\"MAIN\"",
        "\"ancestor_start_lsn\":\"0/1511B00\""
      })
  void aMistakenBranchBecomesAnEmptyRoot(String fields) {
    var id = TimelineId.random();

    var reply =
        emulator.create(
            tenant,
            "{\"new_timeline_id\":\"" + id + "\"," + fields.replace("MAIN", main.value()) + "}");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.body().get("ancestor_timeline_id").isNull()).isTrue();
    assertThat(reply.body().get("ancestor_lsn").isNull()).isTrue();
    assertThat(reply.body().get("pg_version").asInt()).isEqualTo(17);
  }

  @ParameterizedTest
  @ValueSource(strings = {"13", "18", "\"15\"", "150002", "true"})
  void aBadVersionIsRefused(String version) {
    var body = "{\"new_timeline_id\":\"" + TimelineId.random() + "\",\"pg_version\":";

    var root = emulator.create(tenant, body + version + "}");
    var branch =
        emulator.create(tenant, body + version + ",\"ancestor_timeline_id\":\"" + main + "\"}");

    assertThat(root.status()).isEqualTo(400);
    assertThat(root.message()).contains("did not match any variant of untagged enum");
    assertThat(branch.status()).isEqualTo(400);
  }

  @Test
  void aDeleteDuringACreateSucceedsAndThenTheTimelineAppears() {
    var id = TimelineId.random();
    var body = "{\"new_timeline_id\":\"" + id + "\",\"pg_version\":15}";
    var gate = emulator.data().holdBootstraps();
    var create = emulator.callLater("POST", "/v1/tenant/" + tenant + "/timeline", body);
    EmulatorHarness.await("initdb runs", () -> emulator.data().exists(tenant, id));

    create.cancel(true); // the client hangs up

    assertThat(emulator.call("GET", path(tenant, id)).status()).isEqualTo(404);
    assertThat(emulator.call("DELETE", path(tenant, id)).status()).isEqualTo(404);
    var replay = emulator.create(tenant, body);
    assertThat(replay.status()).isEqualTo(429);
    assertThat(replay.message()).isEqualTo("creation of timeline with the given ID is in progress");
    gate.countDown();
    EmulatorHarness.await(
        "the timeline appears", () -> emulator.call("GET", path(tenant, id)).status() == 200);
    assertThat(emulator.create(tenant, body).status()).isEqualTo(201);
  }

  @Test
  void detachingReparentsTheSiblingsAtOrBelowTheBranchPoint() {
    emulator.data().setHead(main, Lsn.parse("0/3000000"));
    var low = emulator.branch(tenant, main, "0/1800000");
    var detached = emulator.branch(tenant, main, "0/2000000");
    var same = emulator.branch(tenant, main, "0/2000000");
    var high = emulator.branch(tenant, main, "0/2800000");

    var reply = emulator.call("PUT", path(tenant, detached) + "/detach_ancestor");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().get("reparented_timelines"))
        .extracting(id -> TimelineId.of(id.asText()))
        .containsExactlyInAnyOrder(low, same);
    assertThat(ancestorOf(detached)).isEqualTo("null");
    assertThat(ancestorOf(low)).isEqualTo(detached.value());
    assertThat(ancestorOf(high)).isEqualTo(main.value());
    assertThat(emulator.create(tenant, branchBody(low, main, "0/1800000")).status()).isEqualTo(409);
    assertThat(emulator.create(tenant, branchBody(detached, main, "0/2000000")).status())
        .isEqualTo(409);
    assertThat(emulator.call("DELETE", path(tenant, main)).status()).isEqualTo(412);
  }

  @Test
  void theDataOfADeletedAncestorStaysWhileADetachedTimelineNeedsIt() {
    emulator.data().setHead(main, Lsn.parse("0/3000000"));
    var detached = emulator.branch(tenant, main, "0/2000000");
    emulator.call("PUT", path(tenant, detached) + "/detach_ancestor");

    assertThat(emulator.call("DELETE", path(tenant, main)).status()).isEqualTo(202);
    EmulatorHarness.await(
        "the ancestor is gone", () -> emulator.call("GET", path(tenant, main)).status() == 404);
    var early = emulator.branch(tenant, detached, "0/1800000");

    assertThat(emulator.data().exists(tenant, main)).isTrue();
    assertThat(ancestorOf(early)).isEqualTo(detached.value());
    emulator.call("DELETE", path(tenant, early));
    EmulatorHarness.await(
        "the branch is gone", () -> emulator.call("GET", path(tenant, early)).status() == 404);
    assertThat(emulator.call("DELETE", path(tenant, detached)).status()).isEqualTo(202);
    EmulatorHarness.await("the data is gone", () -> !emulator.data().exists(tenant, main));
  }

  @Test
  void pastAndNodataCarryALsnThatCanBeBranched() {
    emulator.data().commit(main, Lsn.parse("0/1600000"), NOON);
    emulator.data().setHead(main, Lsn.parse("0/1700000"));

    var past = at(main, "2020-01-01T00:00:00Z");
    var nodata = at(emulator.branch(tenant, main), "2020-01-01T00:00:00Z");

    assertThat(past).isEqualTo("past " + FakeTimelineData.INITDB_END);
    assertThat(nodata).isEqualTo("nodata 0/1700000");
    assertThat(
            emulator
                .create(
                    tenant,
                    branchBody(TimelineId.random(), main, FakeTimelineData.INITDB_END.toString()))
                .status())
        .isEqualTo(201);
  }

  private String at(TimelineId timeline, String moment) {
    var body =
        emulator
            .call("GET", path(tenant, timeline) + "/get_lsn_by_timestamp?timestamp=" + moment)
            .body();
    return body.get("kind").asText() + " " + body.get("lsn").asText();
  }

  private String ancestorOf(TimelineId timeline) {
    return emulator.call("GET", path(tenant, timeline)).body().get("ancestor_timeline_id").asText();
  }
}
