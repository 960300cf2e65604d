package dev.neonstack.stacks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.components.neon.BranchLifetime;
import dev.neonstack.components.neon.BranchOrigin;
import dev.neonstack.components.neon.BranchSpec;
import dev.neonstack.components.neon.DatabaseSpec;
import dev.neonstack.components.neon.EndpointSpec;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.components.neon.RoleSpec;
import dev.neonstack.neon.Lsn;
import dev.neonstack.stacks.config.reading.InvalidConfigException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StackConfigTest {
  @Test
  void everySettingIsRead() {
    var config =
        TestSettings.read(
            """
            [{"name": "demo", "pgVersion": 15, "historyRetention": "12h", "region": "eu",
              "branches": [
                {"name": "main", "protected": true,
                 "roles": [{"name": "app", "password": "s3cret"}, {"name": "owner"}],
                 "databases": [{"name": "app", "owner": "owner"}],
                 "endpoint": {"settings": {"work_mem": "16MB", "max_connections": 50, "jit": false},
                              "suspendTimeout": "0s", "minCu": 0.25, "maxCu": 2, "pooler": false}},
                {"name": "fix/1", "parent": "main", "parentLsn": "0/16b2d50", "ttl": "3d",
                 "endpoint": {"enabled": false}},
                {"name": "old", "parent": "main", "parentTimestamp": "2026-01-01T02:00:00+02:00",
                 "archived": true, "expiresAt": "2027-01-01T00:00:00Z"}]}]
            """);

    assertThat(config.target()).isEqualTo(Target.LOCAL);
    assertThat(config.projects())
        .containsExactly(
            new ProjectSpec(
                "demo",
                15,
                Duration.ofHours(12),
                Optional.of("eu"),
                List.of(main(), fix(), old()),
                List.of()));
  }

  private static BranchSpec main() {
    return new BranchSpec(
        "main",
        Optional.empty(),
        new BranchLifetime(true, Optional.empty(), Optional.empty()),
        false,
        Optional.of(
            new EndpointSpec(
                Map.of("work_mem", "16MB", "max_connections", "50", "jit", "false"),
                Optional.of(Duration.ZERO),
                Optional.of(0.25),
                Optional.of(2.0),
                Optional.of(false))),
        List.of(
            new RoleSpec("app", Optional.of("s3cret"), List.of()),
            new RoleSpec("owner", Optional.empty(), List.of())),
        List.of(new DatabaseSpec("app", "owner", List.of())),
        List.of());
  }

  private static BranchSpec fix() {
    return new BranchSpec(
        "fix/1",
        Optional.of(
            new BranchOrigin("main", Optional.of(Lsn.parse("0/16B2D50")), Optional.empty())),
        new BranchLifetime(false, Optional.empty(), Optional.of(Duration.ofDays(3))),
        false,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private static BranchSpec old() {
    return new BranchSpec(
        "old",
        Optional.of(
            new BranchOrigin(
                "main", Optional.empty(), Optional.of(Instant.parse("2026-01-01T00:00:00Z")))),
        new BranchLifetime(
            false, Optional.of(Instant.parse("2027-01-01T00:00:00Z")), Optional.empty()),
        true,
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  @Test
  void formerNamesAreReadWhereverThereAreNames() {
    var config =
        TestSettings.read(
            """
            [{"name": "shop", "renamedFrom": "demo", "branches": [
               {"name": "trunk", "renamedFrom": ["main", "master"],
                "roles": [{"name": "owner", "renamedFrom": "app"}],
                "databases": [{"name": "data", "renamedFrom": "app", "owner": "owner"}]}]}]
            """);

    var project = config.projects().get(0);
    assertThat(project.formerNames()).containsExactly("demo");
    var branch = project.branches().get(0);
    assertThat(branch.formerNames()).containsExactly("main", "master");
    assertThat(branch.roles().get(0).formerNames()).containsExactly("app");
    assertThat(branch.databases().get(0).formerNames()).containsExactly("app");
  }

  @Test
  void whatIsLeftOutTakesItsDefault() {
    var config = TestSettings.read("[{\"name\": \"demo\", \"branches\": [{\"name\": \"main\"}]}]");

    assertThat(config.projects())
        .containsExactly(
            new ProjectSpec(
                "demo",
                17,
                Duration.ofDays(7),
                Optional.empty(),
                List.of(
                    new BranchSpec(
                        "main",
                        Optional.empty(),
                        BranchLifetime.UNTIL_REMOVED,
                        false,
                        Optional.of(EndpointSpec.DEFAULT),
                        List.of(),
                        List.of(),
                        List.of())),
                List.of()));
  }

  @Test
  void aKeyWithoutAValueIsAsIfLeftOut() {
    var config =
        TestSettings.read(
            """
            [{"name": "demo", "region": null, "branches": [
               {"name": "main", "parent": null, "endpoint": null, "roles": null}]}]
            """);

    var branch = config.projects().get(0).branches().get(0);
    assertThat(branch.origin()).isEmpty();
    assertThat(branch.endpoint()).contains(EndpointSpec.DEFAULT);
    assertThat(branch.roles()).isEmpty();
  }

  @Test
  void anEmptyListOfProjectsIsAllowed() {
    assertThat(TestSettings.read("[]").projects()).isEmpty();
  }

  /** YAML turns an unquoted moment into a value, and Pulumi passes it on as Go prints it. */
  @Test
  void everyTargetIsKnownByItsWord() {
    for (var target : Target.values()) {
      assertThat(Target.of(target.word())).contains(target);
    }
  }

  @Test
  void allProblemsAreSaidTogether() {
    var projects =
        """
        [{"name": "Demo", "pgVersion": 13, "branches": [
           {"name": "main", "parent": "nowhere"},
           {"name": "main", "parentLsn": "x"}]},
         {"historyRetention": "soon"}]
        """;

    assertThatThrownBy(
            () -> StackConfig.read(TestSettings.of("moon", projects), TestSettings.CLOCK))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("10 problems in the configuration of this stack")
        .hasMessageContaining("nothing was changed")
        .hasMessageContaining("target is 'moon'")
        .hasMessageContaining("projects[0].name is 'Demo'")
        .hasMessageContaining("projects[0].pgVersion is '13'")
        .hasMessageContaining("projects[0].branches[0].parent is 'nowhere'")
        .hasMessageContaining("projects[0].branches[1].name is 'main'")
        .hasMessageContaining("projects[0].branches[1].parentLsn is 'x'")
        .hasMessageContaining("projects[0].branches[1].parent is missing")
        .hasMessageContaining("projects[1].name is missing")
        .hasMessageContaining("projects[1].branches is missing")
        .hasMessageContaining("projects[1].historyRetention is 'soon'");
  }
}
