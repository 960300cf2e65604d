package dev.neonstack.components.neon;

import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.core.Output;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.internal.PulumiTestInternal;
import dev.neonstack.neon.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProjectTreeTest {
  private static final String PROJECT = "neonstack:index:Project";
  private static final String BRANCH = "neonstack:index:Branch";
  private static final String ENDPOINT = "neonstack:index:Endpoint";
  private static final String ROLE = "neonstack:index:Role";
  private static final String DATABASE = "neonstack:index:Database";

  private final RecordingEngine engine = RecordingEngine.up();
  private final List<TreeBranch> made = new ArrayList<>();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void theProjectHasItsSettings() {
    declare(Branches.root("main").spec());

    var project = engine.the(PROJECT, "demo");
    assertThat(project.text("name")).isEqualTo("demo");
    assertThat(project.inputs().getFieldsOrThrow("pgVersion").getNumberValue()).isEqualTo(16);
    assertThat(project.text("historyRetention")).isEqualTo("36h");
    assertThat(project.text("region")).isEqualTo("here");
  }

  @Test
  void everyResourceIsAChildOfTheTreeAndNamedByItsPath() {
    declare(Branches.main().spec(), Branches.child("feature/x", "main").spec());

    var children =
        engine.registered().stream()
            .filter(resource -> resource.type().startsWith("neonstack:index:"))
            .toList();
    assertThat(children)
        .allSatisfy(
            child -> assertThat(child.parent()).endsWith("neonstack:neon:ProjectTree::demo"));
    assertThat(children.stream().map(child -> child.type() + " " + child.name()))
        .containsExactlyInAnyOrder(
            PROJECT + " demo",
            BRANCH + " demo/main",
            ROLE + " demo/main/app",
            DATABASE + " demo/main/appdb",
            ENDPOINT + " demo/main",
            BRANCH + " demo/feature/x",
            ROLE + " demo/feature/x/app",
            ENDPOINT + " demo/feature/x");
  }

  @Test
  void aRootHasNoParentAndAChildHasTheIdOfItsParent() {
    declare(Branches.child("dev", "main").spec(), Branches.main().spec());

    assertThat(engine.the(BRANCH, "demo/main").inputs().getFieldsMap())
        .containsOnlyKeys("project", "name");
    var child = engine.the(BRANCH, "demo/dev");
    assertThat(child.text("project")).isEqualTo("tenant of demo");
    assertThat(child.text("parent")).isEqualTo("id of demo/main");
    assertThat(child.inputs().getFieldsMap()).containsOnlyKeys("project", "name", "parent");
  }

  @Test
  void aBranchStartsWhereItIsToldAndLivesAsLongAsItIsTold() {
    declare(
        Branches.main().spec(),
        Branches.child("at-lsn", "main")
            .origin(Optional.of(Lsn.parse("0/16b2d50")), Optional.empty())
            .lifetime(
                new BranchLifetime(false, Optional.empty(), Optional.of(Duration.ofMinutes(90))))
            .spec(),
        Branches.child("at-time", "main")
            .origin(Optional.empty(), Optional.of(Instant.parse("2026-01-02T03:04:05Z")))
            .lifetime(
                new BranchLifetime(
                    false, Optional.of(Instant.parse("2027-01-01T00:00:00Z")), Optional.empty()))
            .spec(),
        Branches.child("old", "main").archived().spec());

    assertThat(engine.the(BRANCH, "demo/at-lsn").text("parentLsn")).isEqualTo("0/16B2D50");
    assertThat(engine.the(BRANCH, "demo/at-lsn").text("ttl")).isEqualTo("90m");
    assertThat(engine.the(BRANCH, "demo/at-time").text("parentTimestamp"))
        .isEqualTo("2026-01-02T03:04:05Z");
    assertThat(engine.the(BRANCH, "demo/at-time").text("expiresAt"))
        .isEqualTo("2027-01-01T00:00:00Z");
    assertThat(engine.the(BRANCH, "demo/old").inputs().getFieldsOrThrow("archived").getBoolValue())
        .isTrue();
  }

  @Test
  void whatWasCalledOtherwiseIsKnownByItsFormerNamesAndSoIsWhatBelongsToIt() {
    declare(
        Branches.root("trunk")
            .renamedFrom("main", "master")
            .roles(new RoleSpec("owner", Optional.empty(), List.of("app")))
            .databases(new DatabaseSpec("appdb", "owner", List.of()))
            .spec(),
        Branches.child("dev", "trunk").spec());

    for (var type : List.of(BRANCH, ENDPOINT)) {
      assertThat(engine.the(type, "demo/trunk").aliases())
          .containsExactly("demo/main", "demo/master", "alone demo/trunk");
      assertThat(engine.the(type, "demo/dev").aliases()).containsExactly("alone demo/dev");
    }
    var role = engine.the(ROLE, "demo/trunk/owner");
    assertThat(role.aliases())
        .containsExactlyInAnyOrder(
            "demo/trunk/app",
            "demo/main/owner",
            "demo/main/app",
            "demo/master/owner",
            "demo/master/app",
            "alone demo/trunk/owner");
    assertThat(role.textList("renamedFrom")).containsExactly("app");
    assertThat(engine.the(DATABASE, "demo/trunk/appdb").aliases())
        .containsExactly("demo/main/appdb", "demo/master/appdb", "alone demo/trunk/appdb");
    assertThat(engine.the(ROLE, "demo/dev/owner").aliases())
        .containsExactly("demo/dev/app", "alone demo/dev/owner");
  }

  @Test
  void aRenamedProjectTakesItsTreeAlong() {
    var spec =
        new ProjectSpec(
            "shop",
            17,
            Duration.ofDays(7),
            Optional.empty(),
            List.of(Branches.main().spec()),
            List.of("demo"));
    engine.run(context -> new ProjectTree("shop", spec, null)).throwOnError();

    for (var type : List.of(PROJECT, "neonstack:neon:ProjectTree")) {
      assertThat(engine.the(type, "shop").aliases()).containsOnly("demo", "alone shop");
    }
    assertThat(engine.the(BRANCH, "shop/main").aliases())
        .containsOnly("demo/main", "alone shop/main");
    assertThat(engine.the(DATABASE, "shop/main/appdb").aliases())
        .containsOnly("demo/main/appdb", "alone shop/main/appdb");
  }

  @Test
  void aChildFollowsTheRenameOfTheDatabaseItInherited() {
    declare(
        Branches.root("main")
            .roles(
                new RoleSpec("app", Optional.empty(), List.of()),
                new RoleSpec("owner", Optional.empty(), List.of("boss")))
            .databases(new DatabaseSpec("shop", "owner", List.of("appdb")))
            .spec(),
        Branches.child("dev", "main").spec(),
        Branches.child("idle", "main").withoutEndpoint().spec());

    var database = engine.the(DATABASE, "demo/dev/shop");
    assertThat(database.retained()).isTrue();
    assertThat(database.textList("renamedFrom")).containsExactly("appdb");
    assertThat(engine.the(ROLE, "demo/dev/owner").textList("renamedFrom")).containsExactly("boss");
    assertThat(engine.the(ROLE, "demo/dev/app").retained()).isTrue();
    assertThat(engine.registered()).noneMatch(made -> made.name().startsWith("demo/idle/"));
  }

  @Test
  void aChildComesAfterWhatItInherits() {
    declare(Branches.main().spec(), Branches.child("dev", "main").spec());

    assertThat(engine.the(BRANCH, "demo/dev").dependencies())
        .anyMatch(urn -> urn.endsWith(ROLE + "::demo/main/app"))
        .anyMatch(urn -> urn.endsWith(DATABASE + "::demo/main/appdb"));
  }

  @Test
  void rolesAndDatabasesAreMadeInAPostgresThatRuns() {
    declare(Branches.main().spec());

    assertThat(engine.the(ROLE, "demo/main/app").dependencies())
        .anyMatch(urn -> urn.endsWith(ENDPOINT + "::demo/main"));
    assertThat(engine.the(DATABASE, "demo/main/appdb").dependencies())
        .anyMatch(urn -> urn.endsWith(ENDPOINT + "::demo/main"))
        .anyMatch(urn -> urn.endsWith(ROLE + "::demo/main/app"));
  }

  @Test
  void anEndpointHasItsSettings() {
    declare(
        Branches.root("main")
            .endpoint(
                new EndpointSpec(
                    Map.of("work_mem", "16MB"),
                    Optional.of(Duration.ofMinutes(5)),
                    Optional.of(0.5),
                    Optional.of(2.0),
                    Optional.of(true)))
            .spec());

    var endpoint = engine.the(ENDPOINT, "demo/main");
    assertThat(endpoint.text("branch")).isEqualTo("id of demo/main");
    assertThat(endpoint.texts("settings")).containsExactly(Map.entry("work_mem", "16MB"));
    assertThat(endpoint.inputs().getFieldsOrThrow("suspendTimeout").getNumberValue())
        .isEqualTo(300);
    assertThat(endpoint.inputs().getFieldsOrThrow("minCu").getNumberValue()).isEqualTo(0.5);
    assertThat(endpoint.inputs().getFieldsOrThrow("maxCu").getNumberValue()).isEqualTo(2);
    assertThat(endpoint.inputs().getFieldsOrThrow("pooler").getBoolValue()).isTrue();
  }

  @Test
  void onlyAProtectedBranchIsProtectedInPulumiToo() {
    declare(
        Branches.main().lifetime(Branches.PROTECTED).spec(), Branches.child("dev", "main").spec());

    assertThat(engine.the(BRANCH, "demo/main").protect()).isTrue();
    assertThat(
            engine.the(BRANCH, "demo/main").inputs().getFieldsOrThrow("protected").getBoolValue())
        .isTrue();
    assertThat(engine.the(BRANCH, "demo/dev").protect()).isFalse();
  }

  @Test
  void aGivenPasswordIsSentAsASecret() {
    declare(
        Branches.root("main")
            .roles(
                new RoleSpec("given", Optional.of("s3cret"), List.of()),
                new RoleSpec("generated", Optional.empty(), List.of()))
            .spec());

    assertThat(engine.the(ROLE, "demo/main/given").isSecret("password")).isTrue();
    assertThat(engine.the(ROLE, "demo/main/generated").inputs().getFieldsMap())
        .doesNotContainKey("password");
  }

  @Test
  void theUriIsASecretWithEveryPartEncoded() {
    declare(Branches.main().spec());

    var uri = PulumiTestInternal.extractOutputData(uri("main").orElseThrow());
    assertThat(uri.isSecret()).isTrue();
    assertThat(uri.getValueNullable())
        .isEqualTo("postgresql://app:p%40ss%20of%20demo%2Fmain%2Fapp@127.0.0.1:55432/appdb");
  }

  @Test
  void theUriUsesRoleAndDatabaseOfTheNearestAncestor() {
    declare(
        Branches.main().spec(),
        Branches.child("staging", "main")
            .databases(new DatabaseSpec("other", "app", List.of()))
            .spec(),
        Branches.child("dev", "staging").spec());

    assertThat(value("dev")).startsWith("postgresql://app:").endsWith("@127.0.0.1:55432/other");
  }

  @Test
  void theUriHasThePasswordOfTheBranchItselfWhateverBecomesOfTheAncestors() {
    declare(
        Branches.root("main")
            .roles(new RoleSpec("app", Optional.of("changed since"), List.of()))
            .spec(),
        Branches.child("dev", "main").spec(),
        Branches.child("asleep", "main").withoutEndpoint().spec());

    assertThat(value("dev")).contains("app:p%40ss%20of%20demo%2Fdev%2Fapp@");
    var inherited = engine.the(ROLE, "demo/dev/app");
    assertThat(inherited.text("branch")).isEqualTo("id of demo/dev");
    assertThat(inherited.inputs().getFieldsMap()).doesNotContainKey("password");
    assertThat(inherited.retained()).as("it goes with the branch only").isTrue();
    assertThat(engine.the(ROLE, "demo/main/app").retained()).isFalse();
    assertThat(inherited.dependencies()).anyMatch(urn -> urn.endsWith(ENDPOINT + "::demo/dev"));
    assertThat(engine.registered())
        .noneMatch(resource -> resource.name().equals("demo/asleep/app"));
  }

  @Test
  void withoutADatabaseTheUriNamesTheOneEveryBranchHas() {
    declare(Branches.root("main").roles(new RoleSpec("app", Optional.of("x"), List.of())).spec());

    assertThat(value("main")).isEqualTo("postgresql://app:x@127.0.0.1:55432/postgres");
  }

  @Test
  void withoutAnEndpointOrARoleThereIsNoUri() {
    declare(
        Branches.main().withoutEndpoint().spec(),
        Branches.root("bare").spec(),
        Branches.child("dev", "main").spec());

    assertThat(uri("main")).isEmpty();
    assertThat(uri("bare")).isEmpty();
    assertThat(uri("dev")).isPresent();
    assertThat(engine.registered())
        .noneMatch(resource -> (resource.type() + resource.name()).equals(ENDPOINT + "demo/main"));
  }

  @Test
  void branchesThatAreNoTreeAreRefusedBeforeAnyIsMade() {
    var result =
        engine.run(
            context ->
                new ProjectTree(
                    "demo",
                    Branches.project(
                        Branches.child("a", "b").spec(), Branches.child("b", "a").spec()),
                    null));

    assertThat(result.exceptions())
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .hasStackTraceContaining("parents of [a, b]")
                    .hasStackTraceContaining("cycle"));
    assertThat(engine.registered()).noneMatch(resource -> resource.type().equals(BRANCH));
  }

  @Test
  void aPreviewRegistersTheSameWithoutKnowingAnyId() {
    var preview = RecordingEngine.preview();
    declare(preview, Branches.main().spec(), Branches.child("dev", "main").spec());

    assertThat(preview.registered().stream().map(RecordingEngine.Registered::name))
        .contains("demo", "demo/main", "demo/main/app", "demo/main/appdb", "demo/dev");
    var uri = PulumiTestInternal.extractOutputData(uri("dev").orElseThrow());
    assertThat(uri.isKnown()).isFalse();
    assertThat(uri.isSecret()).isTrue();
  }

  private void declare(BranchSpec... branches) {
    declare(engine, branches);
  }

  private void declare(RecordingEngine engine, BranchSpec... branches) {
    engine
        .run(
            context ->
                made.addAll(new ProjectTree("demo", Branches.project(branches), null).branches()))
        .throwOnError();
  }

  private Optional<Output<String>> uri(String branch) {
    return made.stream()
        .filter(one -> one.spec().name().equals(branch))
        .findFirst()
        .orElseThrow()
        .connectionUri();
  }

  private String value(String branch) {
    return PulumiTest.extractValue(uri(branch).orElseThrow());
  }
}
