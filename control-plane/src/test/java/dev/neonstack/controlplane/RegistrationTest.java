package dev.neonstack.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.controlplane.EndpointCreate;
import dev.neonstack.neon.controlplane.EndpointState;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the provider does, through the client it uses. Storage is never called. */
class RegistrationTest {
  private static final TenantId PROJECT = TenantId.random();
  private static final TimelineId MAIN = TimelineId.random();

  @TempDir private Path directory;
  private ApiFixture api;
  private ControlPlaneClient client;

  @BeforeEach
  void start() {
    api = new ApiFixture(directory);
    api.storage().failWith(Optional.of(Problem.failed("storage was called", null)));
    client = api.client();
    client.registerProject(project("demo"));
    client.registerBranch(PROJECT, branch(MAIN, "main", Optional.empty(), true, "urn:main"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static ProjectRegistration project(String name) {
    return new ProjectRegistration(
        PROJECT, name, 17, Duration.ofDays(7), Optional.empty(), Optional.of("urn:project"));
  }

  private static BranchRegistration branch(
      TimelineId id, String name, Optional<TimelineId> parent, boolean ready, String owner) {
    return new BranchRegistration(
        id,
        name,
        parent,
        parent.map(p -> Lsn.parse("0/2000000")),
        Optional.empty(),
        false,
        Optional.empty(),
        ready,
        Optional.of(owner));
  }

  @Test
  void registeringAgainChangesAndDoesNotDouble() {
    var first = client.project(PROJECT).orElseThrow();

    var second = client.registerProject(project("renamed"));

    assertThat(second.name()).isEqualTo("renamed");
    assertThat(second.createdAt()).isEqualTo(first.createdAt());
    assertThat(client.projectsOwnedBy("urn:project")).containsExactly(second);
    assertThat(client.projectsOwnedBy("urn:other")).isEmpty();
    assertThat(client.projects()).containsExactly(second);
  }

  @Test
  void anIntentIsFoundByItsOwnerAndBecomesReady() {
    var id = TimelineId.random();
    client.registerBranch(PROJECT, branch(id, "dev", Optional.of(MAIN), false, "urn:dev"));
    assertThat(client.branchesOwnedBy(PROJECT, "urn:dev"))
        .singleElement()
        .satisfies(b -> assertThat(b.ready()).isFalse());
    assertThatThrownBy(() -> client.createEndpoint(PROJECT, EndpointCreate.readWrite(id)))
        .asInstanceOf(type(ControlPlaneException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ControlPlaneException.Kind.RETRY));

    client.registerBranch(PROJECT, branch(id, "dev", Optional.of(MAIN), true, "urn:dev"));
    client.registerBranch(PROJECT, branch(id, "dev", Optional.of(MAIN), false, "urn:dev"));

    assertThat(client.branch(PROJECT, id).orElseThrow().ready()).isTrue();
    assertThat(client.branches(PROJECT)).hasSize(2);
  }

  @Test
  void aNameBelongsToOneOwner() {
    var other = branch(TimelineId.random(), "main", Optional.empty(), false, "urn:other");
    assertThatThrownBy(() -> client.registerBranch(PROJECT, other))
        .hasMessageContaining(MAIN.value())
        .asInstanceOf(type(ControlPlaneException.class))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(ControlPlaneException.Kind.CONFLICT));

    var replacement = branch(TimelineId.random(), "main", Optional.empty(), false, "urn:main");
    client.registerBranch(PROJECT, replacement);
    assertThat(client.branchesOwnedBy(PROJECT, "urn:main")).hasSize(2);
  }

  @Test
  void aBranchHoldsWhatItsDataHolds() {
    var password = password(MAIN, "app");
    client.putDatabase(PROJECT, MAIN, "app", "app");
    var dev = TimelineId.random();
    api.runtime().branchOff(MAIN, dev);
    client.putRole(PROJECT, MAIN, "later", Optional.empty());
    client.putRole(PROJECT, MAIN, "app", Optional.of("changed-since"));
    client.deleteDatabase(PROJECT, MAIN, "app");
    client.registerBranch(PROJECT, branch(dev, "dev", Optional.of(MAIN), true, "urn:dev"));

    assertThat(client.role(PROJECT, dev, "app").orElseThrow().password()).contains(password);
    assertThat(client.database(PROJECT, dev, "app").orElseThrow().owner()).isEqualTo("app");
    assertThat(client.role(PROJECT, dev, "later")).isEmpty();
    var endpoint = client.createEndpoint(PROJECT, EndpointCreate.readWrite(dev));
    assertThat(api.runtime().contents(endpoint.id()))
        .containsExactlyInAnyOrder("role app", "database app");
    assertThat(client.connectionUri(PROJECT, dev, "app", "app", false))
        .isEqualTo("postgresql://app:%s@127.0.0.1:%d/app".formatted(password, endpoint.port()));
  }

  private String password(TimelineId branch, String role) {
    return client.putRole(PROJECT, branch, role, Optional.empty()).password().orElseThrow();
  }

  @Test
  void aChildOfAProtectedBranchGetsPasswordsOfItsOwn() {
    var password = password(MAIN, "app");
    api.runtime().sql(MAIN, AccountChange.putRole("by-sql", "SCRAM-SHA-256$somebody's"));
    protectMain();
    var dev = branchOff("dev", MAIN, MAIN);

    var own = client.role(PROJECT, dev, "app").orElseThrow().password();

    assertThat(own).isPresent().isNotEqualTo(Optional.of(password));
    assertThat(client.role(PROJECT, dev, "by-sql").orElseThrow().password()).isPresent();
    assertThat(client.role(PROJECT, MAIN, "app").orElseThrow().password()).contains(password);
    var endpoint = client.createEndpoint(PROJECT, EndpointCreate.readWrite(dev));
    assertThat(client.role(PROJECT, dev, "app").orElseThrow().password()).isEqualTo(own);
    assertThat(endpoint.currentState()).isEqualTo(EndpointState.ACTIVE);
  }

  private void protectMain() {
    client.registerBranch(
        PROJECT,
        new BranchRegistration(
            MAIN,
            "main",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            Optional.empty(),
            true,
            Optional.of("urn:main")));
  }

  /** A branch whose data are those that another one of its project has at this moment. */
  private TimelineId branchOff(String name, TimelineId parent, TimelineId data) {
    var id = TimelineId.random();
    api.runtime().branchOff(data, id);
    client.registerBranch(PROJECT, branch(id, name, Optional.of(parent), true, "urn:" + name));
    return id;
  }

  @Test
  void aBranchThatStartsBeforeTheNewPasswordsGetsNewOnesToo() {
    var password = password(MAIN, "app");
    protectMain();
    var dev = branchOff("dev", MAIN, MAIN);
    var beforeThem = branchOff("before", dev, dev);
    var own = client.role(PROJECT, dev, "app").orElseThrow().password();
    var past = branchOff("past", dev, MAIN);
    var pastOfPast = branchOff("past-of-past", past, MAIN);
    var present = branchOff("present", dev, dev);

    for (var branch : List.of(beforeThem, past, pastOfPast)) {
      assertThat(client.role(PROJECT, branch, "app").orElseThrow().password())
          .isPresent()
          .isNotEqualTo(Optional.of(password))
          .isNotEqualTo(own);
    }
    assertThat(client.role(PROJECT, present, "app").orElseThrow().password()).isEqualTo(own);
  }

  @Test
  void aNewNameKeepsThePasswordAndIsNotTakenFromAnother() {
    var password = password(MAIN, "app");
    client.putRole(PROJECT, MAIN, "other", Optional.empty());
    client.putDatabase(PROJECT, MAIN, "db", "app");

    client.renameRole(PROJECT, MAIN, "app", "app2");
    client.renameDatabase(PROJECT, MAIN, "db", "db2");

    assertThat(client.role(PROJECT, MAIN, "app")).isEmpty();
    assertThat(client.role(PROJECT, MAIN, "app2").orElseThrow().password()).contains(password);
    assertThat(client.database(PROJECT, MAIN, "db2")).isPresent();
    assertThatThrownBy(() -> client.renameRole(PROJECT, MAIN, "app2", "other"))
        .hasMessageContaining("'other' exists");
    assertThatThrownBy(() -> client.renameRole(PROJECT, MAIN, "app2", "pg_mine"))
        .hasMessageContaining("keeps for itself");
  }

  @Test
  void aRoleThatIsRemovedLeavesItsDatabasesToAll() {
    client.putRole(PROJECT, MAIN, "app", Optional.empty());
    client.putDatabase(PROJECT, MAIN, "db", "app");

    client.deleteRole(PROJECT, MAIN, "app");

    assertThat(client.role(PROJECT, MAIN, "app")).isEmpty();
    assertThat(client.database(PROJECT, MAIN, "db").orElseThrow().owner())
        .isEqualTo("neon_superuser");
  }

  @Test
  void puttingTakesOver() {
    var first = client.putRole(PROJECT, MAIN, "app", Optional.empty());

    assertThat(client.putRole(PROJECT, MAIN, "app", Optional.empty())).isEqualTo(first);
    assertThat(client.putRole(PROJECT, MAIN, "app", Optional.of("a-new-password")).password())
        .contains("a-new-password");
    client.putRole(PROJECT, MAIN, "other", Optional.empty());
    client.putDatabase(PROJECT, MAIN, "db", "app");
    assertThat(client.putDatabase(PROJECT, MAIN, "db", "other").owner()).isEqualTo("other");
    client.deleteDatabase(PROJECT, MAIN, "db");
    client.deleteDatabase(PROJECT, MAIN, "db");
    client.deleteRole(PROJECT, MAIN, "other");
    client.deleteRole(PROJECT, MAIN, "other");
    assertThat(client.database(PROJECT, MAIN, "db")).isEmpty();
  }

  @Test
  void forgettingStopsAndForgetsAndMayBeRepeated() {
    var endpoint = client.createEndpoint(PROJECT, EndpointCreate.readWrite(MAIN));
    assertThat(endpoint.currentState()).isEqualTo(EndpointState.ACTIVE);

    client.forgetBranch(PROJECT, MAIN);
    client.forgetBranch(PROJECT, MAIN);

    assertThat(api.runtime().running(endpoint.id())).isEmpty();
    assertThat(client.endpoint(PROJECT, endpoint.id())).isEmpty();
    assertThat(client.branch(PROJECT, MAIN)).isEmpty();
    client.forgetProject(PROJECT);
    client.forgetProject(PROJECT);
    assertThat(client.project(PROJECT)).isEmpty();
  }

  @Test
  void aBranchThatOthersStartFromIsNotForgotten() {
    var child = branch(TimelineId.random(), "child", Optional.of(MAIN), true, "urn:child");
    client.registerBranch(PROJECT, child);

    assertThatThrownBy(() -> client.forgetBranch(PROJECT, MAIN)).hasMessageContaining("'child'");
    assertThat(client.branch(PROJECT, MAIN)).isPresent();
  }

  @Test
  void aRegistrationThatSaysTooLittleIsRefused() {
    var path = "/neonstack/v1/projects/" + PROJECT;

    assertThat(api.call("PUT", path, "{}").status()).isEqualTo(400);
    assertThat(api.call("PUT", path, "{'id':'" + PROJECT + "'}").status()).isEqualTo(400);
    assertThat(api.call("PUT", path, "nonsense").status()).isEqualTo(400);
    assertThat(api.call("PUT", path + "/branches/" + MAIN, "{'id':'" + MAIN + "'}").status())
        .isEqualTo(400);
  }
}
