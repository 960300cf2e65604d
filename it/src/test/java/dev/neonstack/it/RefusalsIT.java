package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Stack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a stack is refused, and that a refusal changes nothing. */
@ExtendWith(OnPlatform.class)
class RefusalsIT {
  private static final String WRONG =
      """
      - name: wrong
        pgVersion: fifteen
        color: red
        branches:
          - name: main
          - name: main
          - name: orphan
            parent: nobody
          - name: hen
            parent: egg
          - name: egg
            parent: hen
          - name: both
            parent: main
            parentLsn: 0/14D8AB0
            parentTimestamp: "2020-01-01T00:00:00Z"
          - name: tomorrow
            parent: main
            parentTimestamp: "2999-01-01T00:00:00Z"
          - name: nowhere
            parent: main
            parentLsn: "14D8AB0"
          - name: roles
            roles:
              - name: cloud_admin
            databases:
              - name: postgres
                owner: cloud_admin
      """;

  @TempDir Path folder;

  @Test
  void everythingWrongWithAConfigurationIsSaidAtOnceBeforeAnythingIsTouched(Platform platform) {
    var stack = Stack.withSharedProvider(platform, folder).projects(WRONG);

    var run = stack.up().failed();

    run.says("pgVersion").says("fifteen");
    run.says("color");
    run.says("'main'");
    run.says("nobody");
    run.says("hen").says("egg");
    run.says("parentLsn and parentTimestamp are both given");
    run.says("2999-01-01T00:00:00Z");
    run.says("'14D8AB0'");
    run.says("cloud_admin").says("postgres");
    run.says("nothing was changed");
    run.says("1 errored");
    assertThat(run.output())
        .doesNotContain("Exception in thread", "unhandled error", "exit code", "2 errors");
    assertThat(stack.resources("Project")).isEmpty();
  }

  @Test
  void aBranchWithAChildIsNotDeletedAndTheChildIsNamed(Platform platform) {
    var stack =
        Stack.withSharedProvider(platform, folder)
            .projects(
                """
                - name: family
                  branches:
                    - name: main
                      endpoint: {enabled: false}
                    - name: parent
                      parent: main
                      endpoint: {enabled: false}
                """);
    stack.up().succeeded();
    var tenant = stack.tenant("family");
    var parent = stack.timeline("family/parent");
    var child = Behind.createChild(platform, tenant, parent, "made-by-hand");

    stack.projects(
        """
        - name: family
          branches:
            - name: main
              endpoint: {enabled: false}
        """);
    stack.up().failed().says("made-by-hand").says("parent");

    assertThat(platform.storage().timeline(tenant, parent)).isPresent();
    assertThat(stack.timeline("family/parent")).isEqualTo(parent);
    assertThat(stack.pendingOperations()).isEmpty();

    Behind.delete(platform, tenant, child);
    stack.up().succeeded();
    assertThat(platform.storage().timeline(tenant, parent)).isEmpty();
  }

  @Test
  void aProtectedBranchIsNotDeletedAndIsNamed(Platform platform) {
    var stack =
        Stack.withSharedProvider(platform, folder)
            .projects(
                """
                - name: guarded
                  branches:
                    - name: main
                      protected: true
                      endpoint: {enabled: false}
                """);
    stack.up().succeeded();
    var tenant = stack.tenant("guarded");

    stack.projects("- name: guarded\n  branches: []\n");
    for (var run : List.of(stack.preview(), stack.up())) {
      run.failed().says("branch 'guarded/main' is protected and left out of the configuration");
      assertThat(run.output()).doesNotContain("unprotect", "unhandled error");
    }
    assertThat(platform.storage().timeline(tenant, stack.timeline("guarded/main"))).isPresent();

    stack.destroy().failed().says("guarded/main");

    assertThat(platform.storage().timeline(tenant, stack.timeline("guarded/main"))).isPresent();

    stack.pulumi("state", "unprotect", "--all", "--yes", "--stack", "local").succeeded();
    stack.destroy().failed().says("main").says("protected");
    assertThat(platform.storage().timeline(tenant, stack.timeline("guarded/main"))).isPresent();

    stack.projects(
        """
        - name: guarded
          branches:
            - name: main
              endpoint: {enabled: false}
        """);
    stack.up().succeeded();
    stack.destroy().succeeded();
    assertThat(platform.storage().tenantExists(tenant)).isFalse();
  }
}
