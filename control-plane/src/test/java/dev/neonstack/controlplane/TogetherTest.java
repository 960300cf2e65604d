package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child is never made while its parent is deleted, whichever door each of the two came by. */
class TogetherTest {
  private static final Optional<Instant> NEVER = Optional.empty();

  @TempDir private Path directory;
  private ApiFixture api;
  private ControlPlaneClient provider;
  private TenantId project;
  private String branches;
  private TimelineId main;
  private TimelineId parent;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    provider = api.client();
    var made = api.project();
    project = TenantId.of(made.text("/project/id"));
    branches = "/api/v2/projects/" + project + "/branches";
    main = TimelineId.of(made.text("/branch/id"));
    parent = create("parent");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private TimelineId create(String name) {
    var made = api.call("POST", branches, "{'branch':{'name':'" + name + "'}}");
    return TimelineId.of(made.text("/branch/id"));
  }

  private BranchRegistration child(TimelineId id, Optional<Instant> expiresAt) {
    return new BranchRegistration(
        id,
        "child",
        Optional.of(parent),
        Optional.of(Lsn.parse("0/1000000")),
        Optional.empty(),
        false,
        expiresAt,
        false,
        Optional.of("urn:child"));
  }

  private ApiFixture.Answer delete(TimelineId branch) {
    return api.call("DELETE", branches + "/" + branch);
  }

  private void assertKind(Runnable call, ControlPlaneException.Kind kind) {
    assertThatThrownBy(call::run)
        .asInstanceOf(type(ControlPlaneException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void whatAnOwnerIsAboutToMakeHoldsItsParent() {
    provider.registerBranch(project, child(TimelineId.random(), NEVER));

    assertThat(delete(parent).status()).isEqualTo(409);
    assertThat(delete(parent).text("/message")).contains("'child'");
    assertKind(() -> provider.beginRemoval(project, parent), ControlPlaneException.Kind.REFUSED);
    assertThat(api.storage().holds(parent)).isTrue();
  }

  @Test
  void whatAnOwnerIsAboutToMakeIsNotDeletedUnderIt() {
    var id = TimelineId.random();
    provider.registerBranch(project, child(id, NEVER));

    var refused = delete(id);

    assertThat(refused.status()).isEqualTo(423);
    assertThat(refused.text("/message")).contains("urn:child", "pulumi up");
    api.restart();
    assertThat(delete(id).status()).isEqualTo(423);
    assertThat(delete(parent).status()).isEqualTo(409);
  }

  @Test
  void nothingIsMadeFromABranchThatItsOwnerDeletes() {
    api.storage().failWith(Optional.of(Problem.unavailable("no answer", null)));
    provider.beginRemoval(project, parent);
    provider.beginRemoval(project, parent);

    var body = "{'branch':{'parent_id':'" + parent + "'}}";
    assertThat(api.call("POST", branches, body).status()).isEqualTo(423);
    var late = child(TimelineId.random(), NEVER);
    assertKind(() -> provider.registerBranch(project, late), ControlPlaneException.Kind.RETRY);
  }

  @Test
  void aDeletionWhoseOwnerDiedIsCarriedOnWith() throws InterruptedException {
    provider.beginRemoval(project, parent);

    while (provider.branch(project, parent).isPresent()) {
      Thread.sleep(20);
    }
    assertThat(api.storage().holds(parent)).isFalse();
  }

  @Test
  void nothingIsMadeFromABranchWhoseDeletionStorageDidNotAnswer() {
    api.storage().failWith(Optional.of(Problem.unavailable("no answer", null)));
    assertThat(delete(parent).status()).isEqualTo(503);

    var late = child(TimelineId.random(), NEVER);
    assertKind(() -> provider.registerBranch(project, late), ControlPlaneException.Kind.RETRY);
    api.restart();
    assertKind(() -> provider.registerBranch(project, late), ControlPlaneException.Kind.RETRY);
  }

  @Test
  void whatIsProtectedAtThisDoorIsProtectedAtTheOther() {
    api.call("PATCH", branches + "/" + parent, "{'branch':{'protected':true}}");

    assertKind(() -> provider.beginRemoval(project, parent), ControlPlaneException.Kind.REFUSED);
    assertThat(delete(parent).status()).isEqualTo(409);
  }

  @Test
  void theOwnerMayTakeTheDefaultBranchAwayAndAnotherRootFollows() {
    delete(parent);
    var root =
        new BranchRegistration(
            TimelineId.random(),
            "second",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            NEVER,
            true,
            Optional.of("urn:second"));
    provider.registerBranch(project, root);

    provider.beginRemoval(project, main);
    provider.forgetBranch(project, main);

    assertThat(api.call("GET", "/api/v2/projects/" + project).text("/project/default_branch_id"))
        .isEqualTo(root.id().value());
  }

  @Test
  void anExpiryThatHasPassedIsRefusedAtThisDoorTooAndNotJudgedAgain() throws InterruptedException {
    var past = Instant.parse("2026-01-01T00:00:00Z");
    var id = TimelineId.random();
    assertThatThrownBy(() -> provider.registerBranch(project, child(id, Optional.of(past))))
        .hasMessageContaining(past.toString());
    assertThat(provider.branch(project, id)).isEmpty();

    var soon = Optional.of(Instant.now().plusMillis(200));
    provider.registerBranch(project, child(id, soon));
    Thread.sleep(Duration.ofMillis(300).toMillis());
    assertThat(provider.registerBranch(project, child(id, soon)).expiresAt()).isEqualTo(soon);
  }

  @Test
  void ofManyDeletionsAtOnceNoneLeavesAnOperationRunning() {
    var answers =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> delete(parent).status()))
            .limit(6)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();

    assertThat(answers)
        .contains(200)
        .allMatch(status -> status == 200 || status == 423 || status == 404);
    var operations = api.call("GET", "/api/v2/projects/" + project + "/operations").json();
    assertThat(operations.at("/operations").findValuesAsText("status")).doesNotContain("running");
    assertThat(operations.at("/operations").findValuesAsText("action"))
        .containsOnlyOnce("delete_timeline");
  }
}
