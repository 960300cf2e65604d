package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.emulator.LsnAt;
import dev.neonstack.emulator.LsnAt.Kind;
import dev.neonstack.neon.Lsn;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeTravelTest {
  @Test
  void aBranchAtATimestampHasARowThatItsParentHasSinceDeleted() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('precious')");
      var moment = Instant.parse(lab.ask(main, NOW));
      lab.run(main, "delete from t");

      var found = lab.data().lsnAt(main, moment, main.startLsn());
      assertThat(found.kind()).isEqualTo(Kind.PRESENT);
      var rescue = lab.branch(main, found.lsn());
      lab.start(rescue);

      assertThat(lab.ask(main, "select count(*) from t")).isEqualTo("0");
      assertThat(lab.ask(rescue, "select v from t")).isEqualTo("precious");
    }
  }

  @Test
  void kindsTellHowAMomentLiesToTheCommits() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      assertThat(lab.data().lsnAt(main, Instant.now(), main.startLsn()).kind())
          .isEqualTo(Kind.NODATA);
      lab.start(main);
      var before = Instant.parse(lab.ask(main, NOW)).minusSeconds(60);
      lab.run(main, "create table t (v text)");
      var head = lab.data().lastRecordLsn(main);

      var past = lab.data().lsnAt(main, before, main.startLsn());
      assertThat(past.kind()).isEqualTo(Kind.PAST);
      assertThat(past.lsn()).isEqualTo(main.startLsn());
      var future = lab.data().lsnAt(main, Instant.now().plusSeconds(60), main.startLsn());
      assertThat(future.kind()).isEqualTo(Kind.FUTURE);
      assertThat(future.lsn().isBefore(head)).isFalse();
    }
  }

  @Test
  void commitsBelowTheRangeTellOnWhichSideOfItAMomentLies() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      var before = Instant.parse(lab.ask(main, NOW)).minusSeconds(60);
      var end = lab.run(main, "create table t (v text)");
      var after = Instant.parse(lab.ask(main, NOW));
      var child = lab.branch(main, end);

      for (var timeline : List.of(main, child)) {
        assertThat(lab.data().lsnAt(timeline, before, end)).isEqualTo(new LsnAt(end, Kind.PAST));
        assertThat(lab.data().lsnAt(timeline, after, end).kind()).isEqualTo(Kind.FUTURE);
      }
      lab.start(child);
      lab.run(child, "create table own (v text)");
      assertThat(lab.data().lsnAt(child, after, end)).isEqualTo(new LsnAt(end, Kind.PRESENT));
      assertThat(lab.data().lsnAt(child, before, end)).isEqualTo(new LsnAt(end, Kind.PAST));
      assertThat(lab.data().lsnAt(child, after.plusSeconds(600), end).kind())
          .isEqualTo(Kind.FUTURE);
    }
  }

  @Test
  void theHeadReadFromFilesIsWhatPostgresSaysItFlushed() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t as select n, md5(n::text) from generate_series(1, 30000) n");
      var flushed = Lsn.parse(lab.ask(main, "select pg_current_wal_flush_lsn()"));

      assertThat(lab.data().lastRecordLsn(main).isBefore(flushed)).isFalse();
    }
  }

  @Test
  void aBranchInTheMiddleOfARecordHasWhatWasWholeBeforeIt() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      var whole = lab.run(main, "create table t (v text)", "insert into t values ('whole')");
      lab.run(main, "insert into t values (repeat('x', 6000))");
      var torn = lab.branch(main, whole.plus(64));
      lab.start(torn);

      assertThat(lab.ask(torn, "select string_agg(v, ',') from t")).isEqualTo("whole");
    }
  }

  @Test
  void aBranchAtAnLsnOfABranchSeesBothHistories() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('root')");
      var child = lab.branch(main);
      lab.start(child);
      var point = lab.run(child, "insert into t values ('child')");
      lab.run(child, "insert into t values ('too late')");
      lab.run(main, "insert into t values ('elsewhere')");
      var grandchild = lab.branch(child, point);
      lab.start(grandchild);

      assertThat(lab.ask(grandchild, "select string_agg(v, ',') from t")).isEqualTo("root,child");
    }
  }

  private static final String NOW =
      "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
}
