package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.emulator.LsnAt;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.Lsn;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BasesTest {
  private static final String MUCH_WAL =
      "select count(pg_logical_emit_message(false, 'much', repeat('x', 1000000))) from"
          + " generate_series(1, 30)";
  private static final String ROWS = "select string_agg(v, ',' order by v) from t";

  @Test
  void aBaseTakenAtACleanStopServesLaterBranchesAndOldDataIsDroppedAsFarAsNobodyNeedsIt()
      throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('1')");
      var old = lab.branch(main);
      lab.run(main, MUCH_WAL, "insert into t values ('2')");
      lab.stop(main);

      assertThat(lab.files(main).ownBases()).hasSize(1);
      var base = lab.files(main).ownBases().get(0).lsn();

      lab.start(main);
      var moment = Instant.now();
      lab.run(main, "insert into t values ('3')");
      var young = lab.branch(main);
      lab.run(main, "insert into t values ('4')");
      lab.start(young);
      assertThat(lab.ask(young, ROWS)).isEqualTo("1,2,3");
      assertThat(lab.files(young).live().origin().base()).isEqualTo(base);

      var head = lab.data().lastRecordLsn(main);
      lab.data().retain(main, head);
      assertThat(segments(lab, main)).isLessThan(10);
      assertThat(lab.data().lsnAt(main, moment, base).kind()).isEqualTo(LsnAt.Kind.PAST);
      lab.start(old);
      assertThat(lab.ask(old, ROWS)).isEqualTo("1");

      lab.delete(old);
      lab.data().retain(main, head);
      assertThat(lab.files(main).segment(WalLayout.segment(main.startLsn()))).isEmpty();
      lab.stop(main);
      lab.start(main);
      var last = lab.branch(main);
      lab.start(last);
      assertThat(lab.ask(last, ROWS)).isEqualTo("1,2,3,4");
    }
  }

  @Test
  void aBranchMayStartAtAnyPageBoundary() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('1')");
      var end = endOfARecordAtTheEndOfAPage(lab, main);
      lab.run(main, "insert into t values ('2')");
      for (var lsn : new Lsn[] {end, WalLayout.recordStart(end)}) {
        var child = lab.branch(main, lsn);
        lab.start(child);

        assertThat(lab.files(child).live().origin().start()).isEqualTo(end);
        assertThat(lab.ask(child, ROWS)).isEqualTo("1");
        lab.run(child, "insert into t values ('own')");
        lab.delete(child);
      }
    }
  }

  /** Fills a page with messages until one ends exactly with it. */
  private static Lsn endOfARecordAtTheEndOfAPage(Lab lab, TimelineMeta main) throws Exception {
    var overhead = 0L;
    for (var attempt = 0; attempt < 50; attempt++) {
      var before = Lsn.parse(lab.ask(main, "select pg_current_wal_insert_lsn()"));
      var room = WalLayout.PAGE_BYTES - before.value() % WalLayout.PAGE_BYTES;
      var length = overhead == 0 ? 300 : Math.max(300, room - overhead);
      var end =
          Lsn.parse(
              lab.ask(
                  main, "select pg_logical_emit_message(true, '', repeat('x', " + length + "))"));
      if (end.value() % WalLayout.PAGE_BYTES == 0) {
        return end;
      }
      if (overhead == 0 && room > 400 && end.value() - before.value() < room) {
        overhead = end.value() - before.value() - length;
      }
    }
    throw new IllegalStateException("no record came to end at the end of a page");
  }

  private static int segments(Lab lab, TimelineMeta timeline) throws Exception {
    return (int)
        Trees.list(lab.files(timeline).live().wal()).stream()
            .filter(path -> WalLayout.segmentNamed(path.getFileName().toString()).isPresent())
            .count();
  }
}
