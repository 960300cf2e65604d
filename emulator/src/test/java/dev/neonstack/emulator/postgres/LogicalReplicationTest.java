package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.emulator.TimelineMeta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogicalReplicationTest {
  private static final String SUBSCRIPTIONS =
      "select count(*) || ' ' || count(*) filter (where subenabled) || ' ' || count(subslotname)"
          + " from pg_subscription";

  @Test
  void slotsStayWithTheirBranch() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.startLogical(main);
      lab.run(
          main,
          "create table t (x int)",
          "select pg_create_logical_replication_slot('s', 'test_decoding')",
          "insert into t values (1)");
      var child = lab.branch(main);
      lab.startLogical(child);
      lab.stop(main);
      lab.startLogical(main);

      assertThat(lab.ask(child, "select count(*) from pg_replication_slots")).isEqualTo("0");
      assertThat(lab.ask(child, "select x from t")).isEqualTo("1");
      assertThat(
              lab.ask(
                  main,
                  "select count(*) from pg_logical_slot_peek_changes('s', null, null)"
                      + " where data like '%INSERT%'"))
          .isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void subscriptionsOfTheParentAreSwitchedOffInABranch(int major) throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(major);
      lab.start(main);
      subscribe(lab, main, "first");
      var child = lab.branch(main);
      lab.start(child);

      assertThat(lab.ask(child, SUBSCRIPTIONS)).isEqualTo("1 0 0");
      assertThat(lab.ask(main, SUBSCRIPTIONS)).isEqualTo("1 1 1");
      lab.run(child, "drop subscription first");
      subscribe(lab, child, "own");
      lab.stop(child);
      lab.start(child);
      assertThat(lab.ask(child, SUBSCRIPTIONS)).isEqualTo("1 1 1");
    }
  }

  private static void subscribe(Lab lab, TimelineMeta branch, String name) throws Exception {
    lab.run(
        branch,
        "create subscription "
            + name
            + " connection 'host=127.0.0.1 port=1 dbname=x' publication p with (connect = false)",
        "alter subscription " + name + " enable");
  }
}
