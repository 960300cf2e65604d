package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Run;
import dev.neonstack.it.harness.Sql;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What people do with a stack, by the real CLI and the real program. */
@ExtendWith(OnPlatform.class)
class EngineIT {
  private static final String MAIN_AND_CHILD =
      """
      - name: %s
        branches:
          - name: main
            endpoint: {enabled: false}
          - name: child
            parent: main
            endpoint: {enabled: false}
      """;

  @TempDir Path folder;

  @Test
  void aStackIsPreviewedMadeFoundUnchangedAndDestroyed(Platform platform) {
    var stack =
        Stack.asShipped(platform, folder)
            .projects(
                """
                - name: life
                  branches:
                    - name: main
                      roles:
                        - name: app
                      databases:
                        - name: app
                          owner: app
                    - name: child
                      parent: main
                """);

    stack.preview().succeeded().says("neonstack:index:Endpoint: (create)");
    assertThat(stack.resources("Project")).as("a preview makes nothing").isEmpty();

    stack.up().succeeded();
    try (var sql = Sql.connect(stack.connectionUri("life/child"))) {
      assertThat(sql.value("select current_user")).isEqualTo("app");
      assertThat(sql.value("select current_database()")).isEqualTo("app");
    }
    stack.up("--expect-no-changes").succeeded();
    stack.preview("--expect-no-changes").succeeded();
    stack.refresh("--expect-no-changes").succeeded();

    var tenant = stack.tenant("life");
    stack.destroy().succeeded();

    assertThat(platform.storage().tenantExists(tenant)).isFalse();
    assertThat(platform.controlPlane().project(tenant)).isEmpty();
    assertThat(stack.resources("Branch")).isEmpty();
  }

  @Test
  void theUriOfAChildHoldsWhenThePasswordOfItsParentChanges(Platform platform) {
    var tree =
        """
        - name: uris
          branches:
            - name: main
              endpoint: {enabled: false}
              roles:
                - name: app
              databases:
                - name: app
                  owner: app
            - name: child
              parent: main
            - name: grandchild
              parent: child
        """;
    var password = "neonstack:projects[0].branches[0].roles[0].password";
    var stack = Stack.withSharedProvider(platform, folder).projects(tree);
    stack.setSecret(password, "first-password");
    stack.up().succeeded();

    stack.setSecret(password, "second-password");
    stack.up().succeeded();

    for (var branch : List.of("uris/child", "uris/grandchild")) {
      try (var sql = Sql.connect(stack.connectionUri(branch))) {
        assertThat(sql.value("select current_user")).isEqualTo("app");
      }
    }
    stack.up("--expect-no-changes").succeeded();
    stack.refresh("--expect-no-changes").succeeded();
    stack.destroy().succeeded();
  }

  @Test
  void aSettingIsUpdatedInPlaceAndAParentReplacesTheBranch(Platform platform) {
    var stack =
        Stack.withSharedProvider(platform, folder).projects(MAIN_AND_CHILD.formatted("change"));
    stack.up().succeeded();
    var child = stack.timeline("change/child");

    stack.projects(MAIN_AND_CHILD.formatted("change") + "      ttl: 3d\n");
    stack.preview().succeeded().says("neonstack:index:Branch: (update)").says("ttl");
    stack.up().succeeded();
    assertThat(stack.timeline("change/child")).isEqualTo(child);

    stack.projects(
        """
        - name: change
          branches:
            - name: main
              endpoint: {enabled: false}
            - name: other
              parent: main
              endpoint: {enabled: false}
            - name: child
              parent: other
              endpoint: {enabled: false}
        """);
    stack.preview().succeeded().says("neonstack:index:Branch: (replace)");
    assertThat(stack.timeline("change/child")).as("a preview replaces nothing").isEqualTo(child);
    stack.up().succeeded();

    var timelines = platform.storage().timelines(stack.tenant("change"));
    assertThat(timelines.timelines())
        .extracting(TimelineInfo::timelineId)
        .containsExactlyInAnyOrder(
            stack.timeline("change/main"),
            stack.timeline("change/other"),
            stack.timeline("change/child"))
        .doesNotContain(child);
    assertThat(timelines.childrenOf(stack.timeline("change/other")))
        .containsExactly(stack.timeline("change/child"));
  }

  @Test
  void refreshFindsDriftAndABranchThatWasDeletedAndUpMendsBoth(Platform platform) {
    var stack =
        Stack.withSharedProvider(platform, folder)
            .projects(
                """
                - name: drift
                  branches:
                    - name: main
                      endpoint: {enabled: false}
                      roles:
                        - name: app
                    - name: lost
                      parent: main
                      endpoint: {enabled: false}
                    - name: renamed
                      parent: main
                      endpoint: {enabled: false}
                """);
    stack.up().succeeded();
    var tenant = stack.tenant("drift");
    var lost = stack.timeline("drift/lost");
    var renamed = stack.timeline("drift/renamed");
    Behind.delete(platform, tenant, lost);
    Behind.rename(platform, tenant, renamed, "by-hand");

    for (var run : List.of(stack.preview(), stack.up("--target", "**drift/lost"))) {
      run.succeeded()
          .says("branch 'lost' (" + lost + ") is declared and does not exist")
          .says("run pulumi refresh, then pulumi up");
    }
    stack.refresh("--diff").succeeded().says("by-hand");

    assertThat(stack.resources("Branch")).hasSize(2);
    stack.up().succeeded();
    assertThat(stack.timeline("drift/lost")).isNotEqualTo(lost);
    assertThat(platform.storage().timeline(tenant, stack.timeline("drift/lost"))).isPresent();
    assertThat(platform.controlPlane().branch(tenant, renamed).orElseThrow().name())
        .isEqualTo("renamed");
    stack.up("--expect-no-changes").succeeded();
  }

  @Test
  void aBranchIsImportedByItsTwoIds(Platform platform) {
    var stack =
        Stack.withSharedProvider(platform, folder.resolve("one"))
            .projects(MAIN_AND_CHILD.formatted("imported"));
    stack.up().succeeded();
    var id = stack.tenant("imported") + "/" + stack.timeline("imported/child");

    var other = Stack.withSharedProvider(platform, folder.resolve("two"));
    importBranch(other, "found", id).succeeded();

    var found = other.resource("Branch", "found");
    assertThat(found.path("inputs").path("name").asText()).isEqualTo("child");
    assertThat(found.path("inputs").path("parent").asText())
        .isEqualTo(stack.timeline("imported/main").value());
    assertThat(found.path("outputs").path("branchId").asText())
        .isEqualTo(stack.timeline("imported/child").value());
    importBranch(other, "missing", stack.tenant("imported") + "/" + TimelineId.random()).failed();
  }

  private static Run importBranch(Stack stack, String name, String id) {
    return stack.pulumi(
        "import",
        "neonstack:index:Branch",
        name,
        id,
        "--stack",
        "local",
        "--yes",
        "--skip-preview",
        "--generate-code=false");
  }

  @Test
  void onlyTheTargetIsMade(Platform platform) {
    var tree = MAIN_AND_CHILD.formatted("target");
    var stack = Stack.withSharedProvider(platform, folder).projects(tree);
    stack.up().succeeded();
    var more =
        """
        - name: wanted
          parent: main
          endpoint: {enabled: false}
        - name: later
          parent: main
          endpoint: {enabled: false}
        """
            .indent(4);
    stack.projects(tree + more);

    stack.up("--target", "**target/wanted").succeeded();

    assertThat(platform.storage().timelines(stack.tenant("target")).timelines())
        .extracting(TimelineInfo::timelineId)
        .containsExactlyInAnyOrder(
            stack.timeline("target/main"),
            stack.timeline("target/child"),
            stack.timeline("target/wanted"));
  }

  @Test
  void whatTheSdkLogsForItsDevelopersIsLeftOutUnlessAskedFor(Platform platform) {
    var internals = "Registering resource monitor start";
    var stack = Stack.withSharedProvider(platform, folder).projects("[]");

    assertThat(stack.preview("--debug").succeeded().output()).doesNotContain(internals);

    stack.withVariable("PULUMI_EXCESSIVE_DEBUG_OUTPUT", "true");
    stack.preview("--debug").succeeded().says(internals);
  }
}
