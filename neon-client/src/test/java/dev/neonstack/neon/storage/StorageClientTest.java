package dev.neonstack.neon.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.LsnAtTime;
import dev.neonstack.neon.LsnKind;
import dev.neonstack.neon.Placement;
import dev.neonstack.neon.Placement.Shard;
import dev.neonstack.neon.SafekeeperSet;
import dev.neonstack.neon.TenantConfig;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate.Bootstrap;
import dev.neonstack.neon.TimelineCreate.Branch;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.StorageException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StorageClientTest {
  private static final TenantId TENANT = TenantId.of("bf868d7736f1f09daa4a5aebc8e6ddf2");
  private static final TimelineId ROOT = TimelineId.of("b3c244c0874473159cd746c5aae0bff4");
  private static final TimelineId CHILD = TimelineId.of("42c1e620b722542c4efb6265cf8c39d6");
  private static final TenantId CONTROLLED = TenantId.of("869eb322354c562ab87761d03c06f0b2");
  private static final TimelineId CONTROLLED_ROOT =
      TimelineId.of("038ce500f83cbfc26733317039f538b7");
  private static final Lsn START = Lsn.parse("0/1511B00");
  private static final TenantConfig WEEK = new TenantConfig(Optional.of(Duration.ofDays(7)));

  private final ScriptedServer server = new ScriptedServer();

  @AfterEach
  void close() {
    server.close();
  }

  private StorageClient client(Dialect dialect) {
    var options =
        new StorageOptions(server.url("http"), dialect, Optional.of("jwt-x"), Optional.empty());
    return new StorageClient(options);
  }

  private StorageClient pageserver() {
    return client(Dialect.PAGESERVER);
  }

  private StorageClient controller() {
    return client(Dialect.CONTROLLER);
  }

  @Test
  void aNewProjectGetsGenerationOneAndItsRetentionInSeconds() {
    server.then("noLocation").then("attached");

    pageserver().createTenant(TENANT, WEEK);

    assertThat(server.requests().get(0).line()).isEqualTo("GET /v1/location_config/" + TENANT);
    var put = server.lastRequest();
    assertThat(put.line()).isEqualTo("PUT /v1/tenant/" + TENANT + "/location_config");
    assertThat(put.body())
        .isEqualTo(
            "{\"mode\":\"AttachedSingle\",\"generation\":1,"
                + "\"tenant_conf\":{\"pitr_interval\":\"604800s\"}}");
    assertThat(put.authorization()).contains("Bearer jwt-x");
  }

  @Test
  void anAttachedProjectKeepsItsGenerationAndItsOtherSettings() {
    server.then("attachedLocation").then("attached");

    pageserver().createTenant(TENANT, new TenantConfig(Optional.of(Duration.ofHours(1))));

    assertThat(server.lastRequest().body())
        .contains("\"generation\":3")
        .contains("\"lsn_lease_length\":\"2s\"")
        .contains("\"pitr_interval\":\"3600s\"");
  }

  @Test
  void aProjectThatIsBeingChangedIsToBeTriedAgain() {
    server.then(new Answer(200, "null"));

    assertThatThrownBy(() -> pageserver().createTenant(TENANT, WEEK))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RETRY));
  }

  @Test
  void theControllerIsNotAskedForGenerations() {
    server.then("attached");

    controller().createTenant(TENANT, new TenantConfig(Optional.empty()));

    assertThat(server.requests()).hasSize(1);
    assertThat(server.lastRequest().body())
        .isEqualTo("{\"mode\":\"AttachedSingle\",\"generation\":1,\"tenant_conf\":{}}");
  }

  @Test
  void aChangedRetentionIsPatchedSoThatOtherSettingsStay() {
    server.then(new Answer(200, "null"));

    pageserver().updateTenant(TENANT, WEEK);

    assertThat(server.lastRequest().line()).isEqualTo("PATCH /v1/tenant/config");
    assertThat(server.lastRequest().body())
        .isEqualTo("{\"tenant_id\":\"" + TENANT + "\",\"pitr_interval\":\"604800s\"}");
  }

  @Test
  void aProjectExistsUnlessStorageSaysThatItDoesNot() {
    server.then(new Answer(200, "{}")).then("noTenant").then("unknownPath");

    assertThat(pageserver().tenantExists(TENANT)).isTrue();
    assertThat(pageserver().tenantExists(TENANT)).isFalse();
    assertThatThrownBy(() -> pageserver().tenantExists(TENANT))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("page not found");
  }

  @Test
  void deletingAProjectThatIsGoneIsNoErrorInEitherDialect() {
    server.then(new Answer(200, "null")).then("controllerNoTenant");

    pageserver().deleteTenant(TENANT);
    controller().deleteTenant(TENANT);

    assertThat(server.lastRequest().line()).isEqualTo("DELETE /v1/tenant/" + TENANT);
  }

  @Test
  void aProjectThatIsStillBeingDeletedIsToBeAskedForAgain() {
    server.then(new Answer(409, "{\"msg\":\"Conflict: shards remain\"}"));

    assertThatThrownBy(() -> controller().deleteTenant(TENANT))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.RETRY));
  }

  @Test
  void aRootIsAskedForWithItsVersion() {
    server.then(new Answer(201, Recorded.answer("root").body()));

    var root = pageserver().createTimeline(TENANT, new Bootstrap(ROOT, 15));

    assertThat(server.lastRequest().line()).isEqualTo("POST /v1/tenant/" + TENANT + "/timeline");
    assertThat(server.lastRequest().body())
        .isEqualTo("{\"new_timeline_id\":\"" + ROOT + "\",\"pg_version\":15}");
    assertThat(root.ancestorTimelineId()).isEmpty();
    assertThat(root.lastRecordLsn()).isEqualTo(START);
    assertThat(root.state()).isEqualTo("Active");
    assertThat(root.currentLogicalSize()).hasValue(23142400);
  }

  @Test
  void aChildIsAskedForWithItsAlignedLsn() {
    server.then("branchCreated");

    var child =
        pageserver().createTimeline(TENANT, new Branch(CHILD, ROOT, Lsn.parse("0/1511AFD")));

    assertThat(server.lastRequest().body())
        .isEqualTo(
            "{\"new_timeline_id\":\""
                + CHILD
                + "\",\"ancestor_timeline_id\":\""
                + ROOT
                + "\",\"ancestor_start_lsn\":\"0/1511B00\"}");
    assertThat(child.ancestorTimelineId()).contains(ROOT);
    assertThat(child.ancestorLsn()).contains(START);
  }

  @Test
  void theControllersAnswerToACreateIsReadToo() {
    server.then("controllerRootCreated");

    var root = controller().createTimeline(CONTROLLED, new Bootstrap(CONTROLLED_ROOT, 15));

    assertThat(root.timelineId()).isEqualTo(CONTROLLED_ROOT);
  }

  @Test
  void anEmptyRootInsteadOfAChildIsAWrongAnswerThatNamesBoth() {
    server.then(new Answer(201, Recorded.answer("root").body()));

    assertThatThrownBy(() -> pageserver().createTimeline(TENANT, new Branch(ROOT, CHILD, START)))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_ANSWER))
        .hasMessageContaining(CHILD + " at 0/1511B00")
        .hasMessageContaining("empty root");
  }

  @Test
  void aChildAtAnotherLsnIsAWrongAnswerThatNamesBoth() {
    server.then("branchCreated");

    assertThatThrownBy(
            () ->
                pageserver()
                    .createTimeline(TENANT, new Branch(CHILD, ROOT, Lsn.parse("0/1511B08"))))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_ANSWER))
        .hasMessageContaining("at 0/1511B08")
        .hasMessageContaining("at 0/1511B00");
  }

  @Test
  void aRootOfAnotherVersionOrIdIsAWrongAnswer() {
    var root = new Answer(201, Recorded.answer("root").body());
    server.then(root).then(root);

    assertThatThrownBy(() -> pageserver().createTimeline(TENANT, new Bootstrap(ROOT, 17)))
        .hasMessageContaining("asked for PostgreSQL 17, got 15");
    assertThatThrownBy(() -> pageserver().createTimeline(TENANT, new Bootstrap(CHILD, 15)))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_ANSWER))
        .hasMessageContaining("got branch " + ROOT);
  }

  @Test
  void onlyAMissingBranchReadsAsEmpty() {
    server.then("root").then("noTimeline").then("noTenant").then("unknownPath");

    assertThat(pageserver().timeline(TENANT, ROOT)).isPresent();
    assertThat(pageserver().timeline(TENANT, ROOT)).isEmpty();
    assertThatThrownBy(() -> pageserver().timeline(TENANT, ROOT))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.GONE));
    assertThatThrownBy(() -> pageserver().timeline(TENANT, ROOT))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED));
  }

  @Test
  void aListHoldsOffloadedBranchesAndKnowsChildrenAmongThem() {
    server.then("offloaded");

    var list = pageserver().timelines(TENANT);

    assertThat(list.offloaded()).hasSize(2);
    var offloaded = list.offloaded().get(0);
    assertThat(offloaded.archivedAt()).contains(Instant.parse("2026-11-23T07:36:48.766841068Z"));
    assertThat(offloaded.ancestorRetainLsn()).contains(Lsn.parse("0/16CA9A8"));
    assertThat(list.contains(offloaded.timelineId())).isTrue();
    assertThat(list.childrenOf(offloaded.ancestorTimelineId().orElseThrow()))
        .containsExactly(offloaded.timelineId());
  }

  @Test
  void aDeletionIsAcceptedThenRunsThenIsOver() {
    server
        .then("deleteAccepted")
        .then(new Answer(409, "{\"msg\":\"Conflict: Timeline deletion is already in progress\"}"))
        .then("deleteGone");

    assertThat(pageserver().deleteTimeline(TENANT, ROOT)).isEqualTo(DeleteAnswer.ACCEPTED);
    assertThat(pageserver().deleteTimeline(TENANT, ROOT)).isEqualTo(DeleteAnswer.IN_PROGRESS);
    assertThat(pageserver().deleteTimeline(TENANT, ROOT)).isEqualTo(DeleteAnswer.GONE);
    assertThat(server.lastRequest().line())
        .isEqualTo("DELETE /v1/tenant/" + TENANT + "/timeline/" + ROOT);
  }

  @Test
  void theControllersDeletionIsOverAt200AndRunsAt409() {
    server
        .then(new Answer(409, "{\"msg\":\"Conflict: still deleting\"}"))
        .then(new Answer(200, "null"));

    assertThat(controller().deleteTimeline(TENANT, ROOT)).isEqualTo(DeleteAnswer.IN_PROGRESS);
    assertThat(controller().deleteTimeline(TENANT, ROOT)).isEqualTo(DeleteAnswer.GONE);
  }

  @Test
  void theLsnOfATimeCarriesItsKind() {
    server.then("lsnPresent").then("lsnFuture").then("lsnNoData");
    var time = Instant.parse("2026-11-23T07:36:38.533Z");

    assertThat(pageserver().lsnByTimestamp(TENANT, ROOT, time))
        .isEqualTo(new LsnAtTime(Lsn.parse("0/15A4A78"), LsnKind.PRESENT));
    assertThat(server.lastRequest().line())
        .endsWith(ROOT + "/get_lsn_by_timestamp?timestamp=2026-11-23T07:36:38.533Z");
    assertThat(pageserver().lsnByTimestamp(TENANT, ROOT, time).kind()).isEqualTo(LsnKind.FUTURE);
    assertThat(pageserver().lsnByTimestamp(TENANT, ROOT, time).kind()).isEqualTo(LsnKind.NODATA);
  }

  @Test
  void archivingAndUnarchivingSendTheirStates() {
    server.then(new Answer(200, "null")).then(new Answer(200, "null"));

    pageserver().archive(TENANT, ROOT, true);
    assertThat(server.lastRequest().body()).isEqualTo("{\"state\":\"Archived\"}");
    pageserver().archive(TENANT, ROOT, false);
    assertThat(server.lastRequest().body()).isEqualTo("{\"state\":\"Unarchived\"}");
  }

  @Test
  void aProjectIsFoundWhereTheControllerHasPutIt() {
    server.then("locatedTenant");

    assertThat(controller().placement(CONTROLLED))
        .isEqualTo(new Placement(0, 2048, List.of(new Shard(2, "127.0.0.1", 64012))));
    assertThat(server.lastRequest().line())
        .isEqualTo("GET /debug/v1/tenant/" + CONTROLLED + "/locate");
  }

  @Test
  void aProjectThatNobodyHasIsGone() {
    server.then("locateNoTenant");

    assertThatThrownBy(() -> controller().placement(CONTROLLED))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.GONE));
  }

  @Test
  void safekeepersOfABranchAreThoseOfItsSetAndGeneration() {
    server.then("locatedTimeline").then("safekeepers");

    assertThat(controller().safekeepers(CONTROLLED, CONTROLLED_ROOT))
        .contains(
            new SafekeeperSet(1, List.of("127.0.0.1:5461", "127.0.0.1:5462", "127.0.0.1:5463")));
  }
}
