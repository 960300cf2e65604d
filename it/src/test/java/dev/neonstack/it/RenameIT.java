package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Sql;
import dev.neonstack.it.harness.Stack;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A new name, when the configuration says the old one: everything stays what it was. */
@ExtendWith(OnPlatform.class)
class RenameIT {
  private static final String TREE =
      """
      - name: rename
        branches:
          - name: main
            roles:
              - name: app
            databases:
              - name: app
                owner: app
          - name: dev
            parent: main
      """;

  @TempDir Path folder;

  @Test
  void aBranchKeepsItsRowsItsChildrenAndItsServer(Platform platform) {
    var stack = Stack.withSharedProvider(platform, folder).projects(TREE);
    stack.up().succeeded();
    var tenant = stack.tenant("rename");
    var main = stack.timeline("rename/main");
    var dev = stack.timeline("rename/dev");
    var uri = stack.connectionUri("rename/main");
    write(stack, "rename/main");
    write(stack, "rename/dev");

    var renamed =
        TREE.replace("- name: main", "- name: trunk\n      renamedFrom: main")
            .replace("- name: dev", "- name: feature\n      renamedFrom: dev")
            .replace("parent: main", "parent: trunk");
    stack.projects(renamed);
    assertThat(stack.preview("--json").succeeded().planned())
        .contains("update Branch rename/trunk", "update Branch rename/feature")
        .noneMatch(step -> step.startsWith("create") || step.startsWith("delete"))
        .noneMatch(step -> step.contains("replace"));
    stack.up().succeeded();

    assertThat(stack.timeline("rename/trunk")).isEqualTo(main);
    assertThat(stack.timeline("rename/feature")).isEqualTo(dev);
    assertThat(stack.connectionUri("rename/trunk")).isEqualTo(uri);
    assertThat(rows(stack, "rename/trunk")).isEqualTo("1");
    assertThat(rows(stack, "rename/feature")).isEqualTo("1");
    assertThat(platform.controlPlane().branch(tenant, main).orElseThrow().name())
        .isEqualTo("trunk");
    stack.up("--expect-no-changes").succeeded();
    stack.refresh("--expect-no-changes").succeeded();

    stack.projects(
        renamed
            .replace("- name: feature\n      renamedFrom: dev", "- name: last")
            .replace("- name: last", "- name: last\n      renamedFrom: [feature, dev]"));
    stack.up().succeeded();
    assertThat(stack.timeline("rename/last")).isEqualTo(dev);
    stack.up("--expect-no-changes").succeeded();
    stack.destroy().succeeded();
  }

  @Test
  void aRenameThatIsNotSaidIsSuspectedInPreview(Platform platform) {
    var tree = TREE.replace("name: rename", "name: guess");
    var stack = Stack.withSharedProvider(platform, folder).projects(tree);
    stack.up().succeeded();

    stack.projects(tree.replace("name: dev", "name: feature"));
    stack
        .preview()
        .succeeded()
        .says("branch 'guess/dev' would be deleted with its data, and 'feature' made")
        .says("write renamedFrom: dev there");
    stack.projects(tree.replace("name: dev", "name: feature\n      renamedFrom: dve"));
    stack.preview().failed().says("'guess/feature' has a renamedFrom").says("'guess/dev'");
    stack.destroy().succeeded();
  }

  @Test
  void aProjectKeepsItsWholeTree(Platform platform) {
    var tree = TREE.replace("name: rename", "name: before");
    var stack = Stack.withSharedProvider(platform, folder).projects(tree);
    stack.up().succeeded();
    var tenant = stack.tenant("before");
    var dev = stack.timeline("before/dev");
    write(stack, "before/dev");

    stack.projects(
        tree.replace("name: before", "name: after\n  renamedFrom: before")
            .replace("parent: main", "parent: main\n      ttl: 3d"));
    assertThat(stack.preview("--json").succeeded().planned())
        .contains("update Project after")
        .noneMatch(step -> step.startsWith("create") || step.startsWith("delete"))
        .noneMatch(step -> step.contains("replace"));
    stack.up().succeeded();

    assertThat(stack.tenant("after")).isEqualTo(tenant);
    assertThat(stack.timeline("after/dev")).isEqualTo(dev);
    assertThat(rows(stack, "after/dev")).isEqualTo("1");
    assertThat(platform.controlPlane().project(tenant).orElseThrow().name()).isEqualTo("after");
    stack.up("--expect-no-changes").succeeded();

    // A branch is replaced beside the old one, which is registered under another owner.
    stack.projects(
        tree.replace("name: before", "name: after\n  renamedFrom: before")
            .replace("parent: main", "parent: other")
            .replace("    - name: dev", "    - name: other\n      parent: main\n    - name: dev"));
    stack.up().succeeded();
    assertThat(stack.timeline("after/dev")).isNotEqualTo(dev);
    stack.destroy().succeeded();
    assertThat(platform.storage().tenantExists(tenant)).isFalse();
  }

  @Test
  void aRoleAndADatabaseKeepWhatTheyHaveAlsoWhereTheyAreInherited(Platform platform) {
    var tree = TREE.replace("name: rename", "name: inside");
    var stack = Stack.withSharedProvider(platform, folder).projects(tree);
    stack.up().succeeded();
    write(stack, "inside/main");
    write(stack, "inside/dev");

    stack.projects(
        tree.replace("owner: app", "owner: boss")
            .replace(
                "roles:\n        - name: app", "roles:\n        - {name: boss, renamedFrom: app}")
            .replace(
                "databases:\n        - name: app",
                "databases:\n        - name: shop\n          renamedFrom: app"));
    assertThat(stack.preview("--json").succeeded().planned())
        .contains(
            "update Role inside/main/boss",
            "update Database inside/main/shop",
            "update Role inside/dev/boss")
        .noneMatch(step -> step.startsWith("delete") || step.contains("replace"));
    stack.up().succeeded();

    for (var branch : List.of("inside/main", "inside/dev")) {
      assertThat(stack.connectionUri(branch)).startsWith("postgresql://boss:").endsWith("/shop");
      assertThat(rows(stack, branch)).isEqualTo("1");
    }
    stack.up("--expect-no-changes").succeeded();
    stack.refresh("--expect-no-changes").succeeded();
    stack.destroy().succeeded();
  }

  private static void write(Stack stack, String branch) {
    try (var sql = Sql.connect(stack.connectionUri(branch))) {
      sql.run("create table if not exists note as select 1 as one");
    }
  }

  private static String rows(Stack stack, String branch) {
    try (var sql = Sql.connect(stack.connectionUri(branch))) {
      return sql.value("select count(*) from note");
    }
  }
}
