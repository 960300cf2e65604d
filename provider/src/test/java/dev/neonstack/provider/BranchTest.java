package dev.neonstack.provider;

import static dev.neonstack.provider.Lab.child;
import static dev.neonstack.provider.Lab.id;
import static dev.neonstack.provider.Lab.projectOf;
import static dev.neonstack.provider.Lab.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.neonstack.neon.Lsn;
import dev.neonstack.provider.fake.FakeStorage;
import dev.neonstack.provider.fake.FakeStorage.Timeline;
import dev.neonstack.provider.value.Props;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.DiffResponse.DiffChanges;

class BranchTest {
  private final Lab lab = new Lab();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void aRootHasTheVersionOfItsProject() {
    var project =
        lab.engine.create("Project", "demo", props("name", "demo").put("pgVersion", 15).build());
    var branch = lab.engine.create("Branch", "main", root(project).build());

    assertThat(branch.id()).isEqualTo(project.id() + "/" + id(branch));
    assertThat(branch.state().integer("pgVersion")).hasValue(15);
    assertThat(lab.storage.timelines(project.id()))
        .extracting(Timeline::id, Timeline::pgVersion)
        .containsExactly(tuple(id(branch), 15));
  }

  private static Props.Builder props(String name, String text) {
    return Props.builder().put(name, text);
  }

  @Test
  void aChildStartsAtTheHeadOfItsParentAndStaysThere() {
    var main = lab.root();
    var head = FakeStorage.START.plus(80_000);
    lab.storage.write(projectOf(main), id(main), head);
    var dev = lab.child(main, "dev");
    lab.storage.write(projectOf(main), id(main), head.plus(800));

    assertThat(dev.state().text("parentLsn")).contains(head.toString());
    assertThat(dev.state().has("pending")).isFalse();
    var same = lab.engine.diff(dev, child(main).build());
    assertThat(same.getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    assertThat(lab.engine.read(dev).orElseThrow()).isEqualTo(dev);
  }

  @Test
  void anLsnIsRoundedAndHasToBeReadable() {
    var main = lab.root();
    var dev = lab.engine.create("Branch", "dev", child(main).put("parentLsn", "0/14d8ab3").build());
    assertThat(dev.state().text("parentLsn")).contains("0/14d8ab3");
    assertThat(lab.storage.timelines(projectOf(main)).get(1).lsn())
        .contains(Lsn.parse("0/14D8AB8"));

    lab.storage.forgetRequests();
    assertThatThrownBy(
            () ->
                lab.engine.create(
                    "Branch",
                    "above",
                    child(main).put("name", "above").put("parentLsn", "0/FFFFFFF0").build()))
        .hasMessageContaining("it is readable from 0/14D8AB0 to ");
    assertThat(lab.storage.requests("POST .*")).isEmpty();
    assertThat(lab.controlPlane.branches()).hasSize(2);
  }

  @Test
  void aMomentBecomesAPosition() {
    var main = lab.root();
    var wanted = child(main).put("parentTimestamp", "2026-11-23T10:00:00+01:00").build();
    var dev = lab.engine.create("Branch", "dev", wanted);

    assertThat(dev.state().text("parentLsn")).contains(FakeStorage.START.plus(80).toString());
    assertThat(dev.state().text("parentTimestamp")).contains("2026-11-23T10:00:00+01:00");
    assertThat(
            lab.engine
                .diff(dev, child(main).put("parentTimestamp", "2026-11-23T09:00:00Z").build())
                .getChanges())
        .isEqualTo(DiffChanges.DIFF_NONE);
  }

  @Test
  void aMomentBeforeTheHistoryIsRefused() {
    var main = lab.root();
    for (var kind : List.of("past", "nodata")) {
      lab.storage.answerTimestamps(kind);
      assertThatThrownBy(
              () ->
                  lab.engine.create(
                      "Branch",
                      "dev",
                      child(main).put("parentTimestamp", "2026-01-01T00:00:00Z").build()))
          .hasMessageContaining("readable from 0/14D8AB0");
    }
    assertThat(lab.storage.timelines(projectOf(main))).hasSize(1);
  }

  @Test
  void whatIsInPlaceIsChangedInPlace() {
    var main = lab.root();
    var renamed =
        lab.engine.update(
            main,
            root(lab.engine.importById("Project", "demo", projectOf(main)).orElseThrow())
                .put("name", "trunk")
                .put("ttl", "48h")
                .put("protected", true)
                .build());

    assertThat(renamed.state().text("name")).contains("trunk");
    assertThat(renamed.state().text("ttl")).contains("48h");
    assertThat(renamed.state().has("expiresAt")).isTrue();
    assertThat(lab.controlPlane.branch(id(main)).path("name").asText()).isEqualTo("trunk");
    assertThat(lab.controlPlane.branch(id(main)).path("protected").asBoolean()).isTrue();
    assertThat(lab.engine.read(renamed).orElseThrow()).isEqualTo(renamed);
  }

  @Test
  void driftOfTheNameIsSeen() {
    var main = lab.root();
    lab.controlPlane.branch(id(main)).put("name", "renamed-by-hand");
    var found = lab.engine.read(main).orElseThrow();

    assertThat(found.inputs().text("name")).contains("renamed-by-hand");
    var diff = lab.engine.diff(found, main.inputs().toBuilder().remove("branchId").build());
    assertThat(diff.getDiffsList()).containsExactly("name");
    assertThat(diff.getReplacesList()).isEmpty();
  }

  @Test
  void anArchivedBranchIsNotGone() {
    var main = lab.root();
    var wanted = child(main).put("archived", true).build();
    var dev = lab.engine.create("Branch", "dev", wanted);

    assertThat(lab.storage.timelines(projectOf(main)).get(1).offloaded()).isTrue();
    assertThat(lab.engine.read(dev).orElseThrow()).isEqualTo(dev);
    var back = lab.engine.update(dev, child(main).build());
    assertThat(back.state().bool("archived")).contains(false);
    assertThat(lab.storage.timelines(projectOf(main)).get(1).offloaded()).isFalse();
  }

  @Test
  void aBranchDeletedByHandIsGoneAndAMissingProjectIsNot() {
    var main = lab.root();
    lab.storage.remove(projectOf(main), id(main));
    assertThat(lab.engine.read(main)).isEmpty();

    lab.storage.removeTenant(projectOf(main));
    assertThatThrownBy(() -> lab.engine.read(main)).hasMessageContaining("tenant");
  }

  @Test
  void aBranchIsImportedById() {
    var main = lab.root();
    var dev = lab.child(main, "dev");
    var imported = lab.engine.importById("Branch", "dev", dev.id()).orElseThrow();

    assertThat(imported.inputs().names())
        .containsExactlyInAnyOrder("project", "name", "parent", "branchId");
    assertThat(lab.engine.diff(imported, child(main).build()).getChanges())
        .isEqualTo(DiffChanges.DIFF_NONE);
    var pinned = child(main).put("parentLsn", dev.state().requireText("parentLsn")).build();
    assertThat(lab.engine.diff(imported, pinned).getChanges()).isEqualTo(DiffChanges.DIFF_NONE);
    assertThatThrownBy(() -> lab.engine.importById("Branch", "dev", "nonsense"))
        .hasMessageContaining("<tenantId>/<branchId>");
  }

  @Test
  void aParentIsNotDeletedAndStorageIsNotEvenAsked() {
    var main = lab.root();
    var dev = lab.child(main, "dev");

    assertThatThrownBy(() -> lab.engine.delete(main))
        .hasMessageContaining("'main'")
        .hasMessageContaining("'dev' (" + id(dev) + ")");
    assertThat(lab.storage.requests("DELETE .*")).isEmpty();
    lab.engine.delete(dev);
    lab.engine.delete(main);
    assertThat(lab.storage.timelines(projectOf(main))).isEmpty();
    assertThat(lab.controlPlane.branches()).isEmpty();
    lab.engine.delete(main);
  }

  @Test
  void aProtectedBranchIsNeitherDeletedNorReplaced() {
    var main = lab.root();
    var dev = lab.engine.create("Branch", "dev", child(main).put("protected", true).build());

    assertThatThrownBy(() -> lab.engine.delete(dev)).hasMessageContaining("protected: false");
    assertThatThrownBy(
            () ->
                lab.engine.diff(
                    dev,
                    root(lab.engine.importById("Project", "demo", projectOf(main)).orElseThrow())
                        .put("name", "dev")
                        .build()))
        .hasMessageContaining("protected: false");
    assertThat(lab.storage.requests("DELETE .*")).isEmpty();
  }

  @Test
  void aReplacementIsMadeBesideTheOldBranch() {
    var main = lab.root();
    var dev = lab.child(main, "dev");
    var wanted = child(main).put("parentLsn", FakeStorage.START.toString()).build();
    assertThat(lab.engine.diff(dev, wanted).getReplacesList()).containsExactly("parentLsn");
    var second = lab.engine.create("Branch", "dev", wanted);

    assertThat(second.id()).isNotEqualTo(dev.id());
    assertThat(lab.storage.timelines(projectOf(main))).hasSize(3);
    lab.engine.delete(dev);
    assertThat(lab.storage.timelines(projectOf(main)))
        .extracting(Timeline::id)
        .containsExactly(id(main), id(second));
  }

  @Test
  void theSameWorksWithoutAControlPlane() {
    lab.withoutControlPlane();
    var main = lab.root();
    var dev = lab.child(main, "dev");

    assertThat(lab.engine.read(dev)).contains(dev);
    assertThat(lab.controlPlane.requests()).isEmpty();
    lab.engine.delete(dev);
    assertThat(lab.storage.timelines(projectOf(main))).hasSize(1);
  }

  @Test
  void anUnknownParentIsNamed() {
    var main = lab.root();
    var nowhere = "00000000000000000000000000000001";
    assertThatThrownBy(
            () -> lab.engine.create("Branch", "dev", child(main).put("parent", nowhere).build()))
        .hasMessageContaining("parent branch " + nowhere + " does not exist");
    assertThat(Optional.of(lab.controlPlane.branches().size())).contains(1);
  }
}
