package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BranchingTest {
  @Test
  void rowsWrittenBeforeTheBranchPointAreOnTheBranchAndLaterOnesAreNot() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      var early = lab.branch(main);
      lab.run(main, "create table t (v text)", "insert into t values ('one')");
      var later = lab.branch(main);
      lab.run(main, "insert into t values ('two')");
      lab.start(later);
      lab.start(early);

      assertThat(lab.ask(later, "select string_agg(v, ',') from t")).isEqualTo("one");
      assertThat(lab.ask(early, "select count(*) from pg_class where relname = 't'"))
          .isEqualTo("0");
    }
  }

  @Test
  void whatABranchWritesIsNeverSeenOnItsParent() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('parent')");
      var child = lab.branch(main);
      lab.start(child);
      lab.run(child, "insert into t values ('child')", "delete from t where v = 'parent'");
      var grandchild = lab.branch(child);
      lab.run(child, "insert into t values ('later')");
      lab.start(grandchild);

      assertThat(lab.ask(main, "select string_agg(v, ',') from t")).isEqualTo("parent");
      assertThat(lab.ask(grandchild, "select string_agg(v, ',') from t")).isEqualTo("child");
    }
  }

  @Test
  void aBranchOfABranchThatNeverStartedHasTheDataOfTheFirst() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('one')");
      var asleep = lab.branch(main);
      lab.run(main, "insert into t values ('two')");
      var child = lab.branch(asleep);
      lab.start(child);

      assertThat(lab.ask(child, "select string_agg(v, ',') from t")).isEqualTo("one");
    }
  }

  @Test
  void everythingIsThereAfterAStopAndAReopening() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('kept')");
      lab.stop(main);
      lab.reopen();
      lab.start(main);

      assertThat(lab.ask(main, "select v from t")).isEqualTo("kept");
    }
  }

  @Test
  void everyMajorVersionBranches() throws Exception {
    try (var lab = new Lab()) {
      for (var major = 14; major <= 16; major++) {
        var main = lab.root(major);
        lab.start(main);
        lab.run(main, "create table t (v text)", "insert into t values ('one')");
        var child = lab.branch(main);
        lab.run(main, "drop table t");
        lab.start(child);

        assertThat(lab.ask(child, "select v from t")).isEqualTo("one");
        assertThat(lab.ask(child, "show server_version")).startsWith(major + ".");
      }
    }
  }
}
