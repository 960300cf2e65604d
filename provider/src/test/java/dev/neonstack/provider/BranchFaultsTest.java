package dev.neonstack.provider;

import static dev.neonstack.provider.Lab.child;
import static dev.neonstack.provider.Lab.id;
import static dev.neonstack.provider.Lab.projectOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Empty;
import dev.neonstack.provider.Engine.Resource;
import dev.neonstack.provider.fake.FakeStorage;
import dev.neonstack.provider.fake.Fault;
import dev.neonstack.provider.fake.Fault.Kind;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import pulumirpc.Provider.DiffResponse.DiffChanges;

class BranchFaultsTest {
  private static final String CREATE = "POST .*/timeline";

  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  private void assertOneChild(Resource main, Resource dev) {
    assertThat(lab.storage.timelines(projectOf(main)))
        .extracting(FakeStorage.Timeline::id)
        .containsExactly(id(main), id(dev));
    assertThat(lab.controlPlane.branch(id(dev)).path("ready").asBoolean()).isTrue();
    assertThat(lab.controlPlane.branches()).hasSize(2);
    assertThat(dev.initErrors()).isEmpty();
    assertThat(dev.state().has("pending")).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      mode = Mode.EXCLUDE,
      names = {"STATUS", "SILENT_ROOT", "WRONG_LSN"})
  void aCallWithAnUnknownOutcomeIsRepeated(Kind kind) {
    var main = lab.root();
    lab.storage.fail(Fault.of(kind, CREATE, 50));
    lab.storage.fail(Fault.of(kind, CREATE, 50));

    assertOneChild(main, lab.child(main, "dev"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void aBusyServerIsWaitedFor(int status) {
    var main = lab.root();
    lab.storage.fail(Fault.of(Kind.STATUS, CREATE, status));
    lab.storage.fail(Fault.of(Kind.STATUS, CREATE, status));
    lab.storage.forgetRequests();

    assertOneChild(main, lab.child(main, "dev"));
    assertThat(lab.storage.requests(CREATE)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 406})
  void aRefusalIsToldAtOnceAndForgotten(int status) {
    var main = lab.root();
    lab.storage.forgetRequests();
    lab.storage.fail(Fault.of(Kind.STATUS, CREATE, status));

    assertThatThrownBy(() -> lab.child(main, "dev")).hasMessageContaining("failed with " + status);
    assertThat(lab.storage.requests(CREATE)).hasSize(1);
    assertThat(lab.controlPlane.branches()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"SILENT_ROOT", "WRONG_LSN"})
  void aWrongBranchIsDeletedAgainAndReported(Kind kind) {
    var main = lab.root();
    lab.storage.fail(Fault.of(kind, CREATE));

    assertThatThrownBy(() -> lab.child(main, "dev"))
        .hasMessageContaining("gave another branch")
        .hasMessageContaining("deleted again");
    assertThat(lab.storage.timelines(projectOf(main))).hasSize(1);
    assertThat(lab.controlPlane.branches()).hasSize(1);
    assertOneChild(main, lab.child(main, "dev"));
  }

  @Test
  void whatIsNotSettledInTimeIsFinishedByTheNextUpdate() {
    var main = lab.root();
    lab.engine.timeout(0.4);
    for (var i = 0; i < 20; i++) {
      lab.storage.fail(Fault.of(i == 0 ? Kind.CUT_AFTER : Kind.CUT_BEFORE, CREATE));
    }
    var begun = lab.child(main, "dev");
    assertThat(begun.initErrors()).singleElement().asString().contains("Run pulumi up again");
    assertThat(begun.id()).isEqualTo(projectOf(main) + "/" + id(begun));
    assertThat(begun.state().has("parentLsn")).isTrue();
    assertThat(lab.engine.read(begun).orElseThrow().initErrors()).isNotEmpty();

    lab.storage.write(projectOf(main), id(main), FakeStorage.START.plus(80_000));
    lab.storage.heal();
    lab.restartProvider();
    var done = lab.engine.update(begun, child(main).build());
    assertOneChild(main, done);
    assertThat(done.state().text("parentLsn")).isEqualTo(begun.state().text("parentLsn"));
  }

  @Test
  void anUnfinishedBranchIsSettledBeforeItIsDeleted() {
    var main = lab.root();
    lab.engine.timeout(0.3);
    for (var i = 0; i < 20; i++) {
      lab.storage.fail(Fault.of(Kind.CUT_BEFORE, CREATE));
    }
    var begun = lab.child(main, "dev");
    assertThat(begun.initErrors()).isNotEmpty();
    lab.storage.heal();
    lab.storage.fail(Fault.of(Kind.STATUS, CREATE, 429));
    lab.engine.timeout(20);
    lab.storage.forgetRequests();
    lab.engine.delete(begun);

    assertThat(lab.storage.requests("(POST|DELETE) .*"))
        .extracting(request -> request.substring(0, request.indexOf(' ')))
        .startsWith("POST", "POST", "DELETE");
    assertThat(lab.storage.timelines(projectOf(main))).hasSize(1);
    assertThat(lab.controlPlane.branches()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER"})
  void whatAKilledProviderLeftIsTakenOver(Kind kind) {
    var main = lab.root();
    var left = killedDuringCreate(main, kind);
    lab.storage.write(projectOf(main), id(main), FakeStorage.START.plus(80_000));
    lab.restartProvider();
    var dev = lab.child(main, "dev");

    assertOneChild(main, dev);
    assertThat(id(dev)).isEqualTo(id(left));
    assertThat(dev.state().text("parentLsn")).isEqualTo(left.state().text("parentLsn"));
  }

  /**
   * The engine of a killed provider records nothing; the services are as the provider left them.
   */
  private Resource killedDuringCreate(Resource main, Kind kind) {
    lab.engine.timeout(1);
    for (var i = 0; i < 50; i++) {
      lab.storage.fail(Fault.of(kind, CREATE));
    }
    var left = lab.child(main, "dev");
    assertThat(left.initErrors()).isNotEmpty();
    lab.storage.heal();
    return left;
  }

  @Test
  void whatWasFinishedAndNotRecordedIsTakenOver() {
    var main = lab.root();
    var lost = lab.child(main, "dev");
    lab.restartProvider();
    var dev = lab.child(main, "dev");

    assertOneChild(main, dev);
    assertThat(dev.id()).isEqualTo(lost.id());
    assertThat(lab.engine.diff(dev, child(main).build()).getChanges())
        .isEqualTo(DiffChanges.DIFF_NONE);
  }

  @Test
  void whatIsNotWantedAnyMoreIsRemovedWhenItIsUnfinished() {
    var main = lab.root();
    killedDuringCreate(main, Kind.CUT_AFTER);
    lab.restartProvider();
    var wanted = child(main).put("parentLsn", FakeStorage.START.toString()).build();

    assertOneChild(main, lab.engine.create("Branch", "dev", wanted));
  }

  @Test
  void whatIsNotWantedAnyMoreIsKeptWhenItMayHoldData() {
    var main = lab.root();
    lab.child(main, "dev");
    lab.restartProvider();
    lab.engine.create(
        "Branch", "dev", child(main).put("parentLsn", FakeStorage.START.toString()).build());

    assertThat(lab.storage.timelines(projectOf(main))).hasSize(3);
  }

  @Test
  void anOlderEntryOfATakenOverBranchDoesNotTakeItsData() {
    var main = lab.root();
    var old = lab.child(main, "dev");
    lab.restartProvider();
    var dev = lab.child(main, "dev");
    assertThat(dev.id()).isEqualTo(old.id());
    lab.engine.delete(old);

    assertOneChild(main, dev);
  }

  @Test
  void aCallThatHangsEndsWithTheTimeoutOfTheResource() {
    var main = lab.root();
    lab.storage.fail(Fault.of(Kind.SLOW, CREATE, 60_000));
    lab.engine.timeout(0.5);
    var begun = lab.child(main, "dev");
    lab.engine.timeout(20);

    assertThat(begun.initErrors()).singleElement().asString().contains("customTimeouts");
    assertOneChild(main, lab.engine.update(begun, child(main).build()));
  }

  @Test
  void aCancelEndsTheWait() throws Exception {
    var main = lab.root();
    lab.storage.fail(Fault.of(Kind.SLOW, CREATE, 60_000));
    var creating = CompletableFuture.supplyAsync(() -> lab.child(main, "dev"));
    while (lab.storage.requests(CREATE).size() < 2) {
      Thread.onSpinWait();
    }
    lab.engine.provider().cancel(Empty.getDefaultInstance());
    var begun = creating.get();

    assertThat(begun.initErrors()).isNotEmpty();
    assertThat(begun.state().has("parentLsn")).isTrue();
  }

  @Test
  void aNameOfAnotherResourceIsRefusedBeforeStorageIsAsked() {
    var main = lab.root();
    lab.child(main, "dev");
    lab.storage.forgetRequests();
    assertThatThrownBy(
            () -> lab.engine.create("Branch", "other", child(main).put("name", "dev").build()))
        .hasMessageContaining("there is a branch of that name");
    assertThat(lab.storage.requests(CREATE)).isEmpty();
  }

  @Test
  void theControlPlaneHearsOfADeletionBeforeStorageAndForgetsTheBranchWhenItIsGone() {
    var main = lab.root();
    lab.engine.timeout(0.5);
    for (var i = 0; i < 20; i++) {
      lab.storage.fail(Fault.of(Kind.STATUS, "DELETE .*", 503));
    }
    assertThatThrownBy(() -> lab.engine.delete(main));
    assertThat(lab.controlPlane.branch(id(main)).path("leaving").asBoolean()).isTrue();

    lab.storage.heal();
    lab.engine.timeout(20);
    lab.engine.delete(main);
    assertThat(lab.controlPlane.branches()).isEmpty();
  }

  @Test
  void aBranchThatTheControlPlaneDoesNotKnowIsMadeKnownBeforeItsDeletion() {
    var main = lab.root();
    var dev = lab.child(main, "dev");
    lab.controlPlane.forget(id(dev));
    lab.engine.timeout(0.5);
    for (var i = 0; i < 20; i++) {
      lab.storage.fail(Fault.of(Kind.STATUS, "DELETE .*", 503));
    }
    assertThatThrownBy(() -> lab.engine.delete(dev));

    assertThat(lab.controlPlane.branch(id(dev)).path("leaving").asBoolean()).isTrue();
    assertThat(lab.controlPlane.branch(id(dev)).path("parent_id").asText()).isEqualTo(id(main));
  }

  @Test
  void aDeleteWithoutAnswerIsRepeatedUntilTheBranchIsGone() {
    var main = lab.root();
    lab.storage.fail(Fault.of(Kind.CUT_AFTER, "DELETE .*"));
    lab.storage.fail(Fault.of(Kind.STATUS, "DELETE .*", 503));
    lab.engine.delete(main);

    assertThat(lab.storage.timelines(projectOf(main))).isEmpty();
  }
}
