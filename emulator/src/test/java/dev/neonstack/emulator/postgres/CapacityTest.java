package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {
  private static final Map<String, String> LARGE =
      Map.of(
          "max_prepared_transactions", "10",
          "max_connections", "150",
          "max_worker_processes", "12",
          "max_wal_senders", "20",
          "max_locks_per_transaction", "100");

  @Test
  void settingsAreRaisedToWhatIsNeededAndNoFurther() {
    var needed = new Capacity(List.of(150, 8, 10, 5, 64));

    assertThat(needed.raise(Map.of("Max_Connections", "0x78", "work_mem", "8MB")))
        .isEqualTo(
            Map.of("max_connections", "150", "max_prepared_transactions", "5", "work_mem", "8MB"));
    assertThat(needed.raise(Map.of("max_connections", "200", "max_prepared_transactions", "6")))
        .isEqualTo(Map.of("max_connections", "200", "max_prepared_transactions", "6"));
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void aBranchWithDefaultSettingsRecoversWhatALargerParentWrote(int major) throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(major);
      lab.start(main, Lab.freePort(), LARGE);
      lab.run(main, "create table t (x int)");
      try (var connection = lab.connect(main);
          var statement = connection.createStatement()) {
        statement.execute("begin");
        statement.execute("insert into t values (1)");
        statement.execute("prepare transaction 'ended'");
        statement.execute("rollback prepared 'ended'");
        statement.execute("insert into t values (2)");
      }
      var child = lab.branch(main);
      lab.start(child);

      assertThat(lab.ask(child, "select sum(x) from t")).isEqualTo("2");
      assertThat(lab.ask(child, "show max_connections")).isEqualTo("100");
      assertThat(lab.ask(child, "show max_prepared_transactions")).isEqualTo("0");
      var grandchild = lab.branch(child);
      lab.start(grandchild);
      assertThat(lab.ask(grandchild, "select sum(x) from t")).isEqualTo("2");
    }
  }

  @Test
  void aTransactionThatIsStillPreparedKeepsTheServerAsLargeAsItNeeds() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main, Lab.freePort(), Map.of("max_prepared_transactions", "3"));
      lab.run(main, "create table t (x int)");
      lab.run(main, "begin; insert into t values (1); prepare transaction 'open'");
      var child = lab.branch(main);
      lab.stop(main);
      lab.start(main);
      lab.start(child);

      for (var branch : List.of(main, child)) {
        assertThat(lab.ask(branch, "show max_prepared_transactions")).isEqualTo("3");
        lab.run(branch, "commit prepared 'open'");
        assertThat(lab.ask(branch, "select sum(x) from t")).isEqualTo("1");
        lab.stop(branch);
        lab.start(branch);
        assertThat(lab.ask(branch, "show max_prepared_transactions")).isEqualTo("0");
      }
    }
  }

  @Test
  void theParentsOwnValuesMayShrinkAndGrowBeforeTheBranchPoint() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (x int)");
      lab.stop(main);
      lab.start(main, Lab.freePort(), LARGE);
      lab.run(main, "begin; insert into t values (1); prepare transaction 'p'");
      lab.run(main, "commit prepared 'p'");
      lab.stop(main);
      lab.start(main);
      lab.run(main, "insert into t values (2)");
      var child = lab.branch(main);
      lab.start(child, Lab.freePort(), Map.of("max_connections", "20"));

      assertThat(lab.ask(child, "select sum(x) from t")).isEqualTo("3");
      assertThat(lab.ask(child, "show max_connections")).isEqualTo("20");
    }
  }
}
