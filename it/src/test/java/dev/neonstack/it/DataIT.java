package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Sql;
import dev.neonstack.it.harness.Stack;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is in a branch: what its parent had at that moment, and what was written to it. */
@ExtendWith(OnPlatform.class)
class DataIT {
  private static final String ROOT =
      """
      - name: data
        branches:
          - name: main
            roles:
              - name: app
            databases:
              - name: app
                owner: app
          - name: early
            parent: main
      """;

  private static final String LATER =
      """
      - name: late
        parent: main
      - name: past
        parent: main
        parentTimestamp: "%sZ"
      - name: at-lsn
        parent: main
        parentLsn: %s
      """
          .indent(4);

  @TempDir Path folder;

  @Test
  void aBranchHasWhatItsParentHadAndKeepsItsOwn(Platform platform) {
    var stack = Stack.withSharedProvider(platform, folder).projects(ROOT);
    stack.up().succeeded();
    String beforeDeletion;
    String position;
    try (var main = main(stack)) {
      main.run("create table t (v text)", "insert into t values ('doomed')");
      beforeDeletion = main.value("select to_json(clock_timestamp() at time zone 'UTC') #>> '{}'");
      main.run("select pg_sleep(0.05)", "delete from t", "insert into t values ('kept')");
      position = main.value("select pg_current_wal_lsn()");
      main.run("insert into t values ('later')");
    }
    stack.projects(ROOT + LATER.formatted(beforeDeletion, position)).up().succeeded();

    assertThat(rows(stack, "late")).containsExactly("kept", "later");
    assertThat(rows(stack, "past")).containsExactly("doomed");
    assertThat(rows(stack, "at-lsn")).containsExactly("kept");
    assertThat(tables(stack, "early")).isEmpty();

    write(stack, "late", "on late");
    assertThat(rows(stack, "main")).containsExactly("kept", "later");
    write(stack, "main", "on main");
    assertThat(rows(stack, "late")).containsExactly("kept", "later", "on late");
    assertThat(rows(stack, "at-lsn")).containsExactly("kept");
  }

  @Test
  void threeLevelsABranchOfABranchAtAnLsnAndAllIsThereAfterDownAndUp(Platform platform) {
    var tree = ROOT.replace("name: data", "name: levels");
    var stack = Stack.withSharedProvider(platform, folder).projects(tree);
    stack.up().succeeded();
    try (var main = Sql.connect(stack.connectionUri("levels/main"))) {
      main.run("create table t (v text)", "insert into t values ('level 0')");
    }
    tree += "    - name: one\n      parent: main\n";
    stack.projects(tree).up().succeeded();
    String position;
    try (var one = Sql.connect(stack.connectionUri("levels/one"))) {
      one.run("insert into t values ('level 1')");
      position = one.value("select pg_current_wal_lsn()");
      one.run("insert into t values ('too late')");
    }
    tree += "    - name: two\n      parent: one\n      parentLsn: " + position + "\n";
    stack.projects(tree).up().succeeded();
    try (var two = Sql.connect(stack.connectionUri("levels/two"))) {
      assertThat(two.column("select v from t order by v")).containsExactly("level 0", "level 1");
      two.run("insert into t values ('level 2')");
    }
    tree += "    - name: three\n      parent: two\n";
    stack.projects(tree).up().succeeded();

    platform.down();
    stack.up("--expect-no-changes").succeeded();

    for (var expected :
        List.of(
            List.of("main", "level 0"),
            List.of("one", "level 0", "level 1", "too late"),
            List.of("two", "level 0", "level 1", "level 2"),
            List.of("three", "level 0", "level 1", "level 2"))) {
      try (var sql = Sql.connect(stack.connectionUri("levels/" + expected.get(0)))) {
        assertThat(sql.column("select v from t order by v"))
            .as(expected.get(0))
            .isEqualTo(expected.subList(1, expected.size()));
      }
    }
  }

  @Test
  void twentyBranchesAreStartedAtOnce(Platform platform) {
    var tree = new StringBuilder(ROOT.replace("name: data", "name: twenty"));
    var stack = Stack.withSharedProvider(platform, folder).projects(tree.toString());
    stack.up().succeeded();
    try (var main = Sql.connect(stack.connectionUri("twenty/main"))) {
      main.run("create table t as select generate_series(1, 1000) as v");
    }
    var names = IntStream.range(0, 20).mapToObj(i -> "b" + i).toList();
    names.forEach(name -> tree.append("    - name: " + name + "\n      parent: main\n"));

    stack.projects(tree.toString()).up("--parallel", "64").succeeded();

    var uris = stack.outputs().get("connectionUris");
    var sums =
        names.stream()
            .map(name -> uris.get("twenty/" + name).asText())
            .map(uri -> CompletableFuture.supplyAsync(() -> sum(uri)))
            .toList();
    assertThat(sums).allSatisfy(sum -> assertThat(sum.join()).isEqualTo("500500"));
    stack.destroy("--parallel", "64").succeeded();
  }

  private static String sum(String uri) {
    try (var sql = Sql.connect(uri)) {
      return sql.value("select sum(v) from t");
    }
  }

  private static Sql main(Stack stack) {
    return Sql.connect(stack.connectionUri("data/main"));
  }

  private static List<String> rows(Stack stack, String branch) {
    try (var sql = Sql.connect(stack.connectionUri("data/" + branch))) {
      return sql.column("select v from t order by v");
    }
  }

  private static List<String> tables(Stack stack, String branch) {
    try (var sql = Sql.connect(stack.connectionUri("data/" + branch))) {
      return sql.column("select tablename from pg_tables where schemaname = 'public'");
    }
  }

  private static void write(Stack stack, String branch, String value) {
    try (var sql = Sql.connect(stack.connectionUri("data/" + branch))) {
      sql.run("insert into t values ('" + value + "')");
    }
  }
}
