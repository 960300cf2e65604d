package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.neonstack.emulator.Compute;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.neon.Lsn;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
  private static final String LARGE_RECORD =
      "select pg_logical_emit_message(true, 'large', repeat('x', 200000))";

  @TempDir Path directory;

  @Test
  void aRecordCutOffByAPowerCutIsSkippedByReaderAndBranch() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      var server = lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('1')");
      var end = lab.run(main, LARGE_RECORD);
      kill(lab, main, server);
      zeroFrom(lab, main, new Lsn(end.value() - 100_000));
      lab.reopen();
      lab.start(main);
      lab.run(main, "insert into t values ('2')");
      lab.reopen();

      var flushed = Lsn.parse(lab.ask(main, "select pg_current_wal_flush_lsn()"));
      assertThat(lab.data().lastRecordLsn(main)).isGreaterThanOrEqualTo(flushed);
      var child = lab.branch(main);
      lab.start(child);
      assertThat(lab.ask(child, "select string_agg(v, ',' order by v) from t")).isEqualTo("1,2");
    }
  }

  @Test
  void aDirectoryWhoseFirstRecoveryNeverEndedIsMadeAgain() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('1')");
      var child = lab.branch(main);
      lab.start(child);
      lab.stop(child);
      var live = lab.files(child).live();
      zeroFrom(lab, child, live.origin().start());
      live.setUnproved();
      Trees.delete(live.data().resolve("base"));
      Files.createDirectory(lab.files(child).root().resolve(".tmp-live-half-made"));

      lab.reopen();
      assertThat(Trees.list(lab.files(child).root())).noneMatch(Trees::isTemporary);
      lab.start(child);
      assertThat(lab.ask(child, "select v from t")).isEqualTo("1");
    }
  }

  @Test
  void onAFullDiskNothingHalfMadeStays() throws Exception {
    var small = Files.createDirectory(directory.resolve("small"));
    var mount =
        Commands.run(List.of("mount", "-t", "tmpfs", "-o", "size=38m", "none", small.toString()));
    assumeTrue(mount.succeeded(), "only root may mount");
    try (var lab = new Lab(small)) {
      var main = lab.root(17);

      assertThatThrownBy(() -> lab.start(main))
          .isInstanceOf(DiskFull.class)
          .hasMessageContaining("the disk is full")
          .hasMessageContaining("free some space");
      assertThat(Trees.list(lab.files(main).root())).containsExactly(lab.files(main).template());
    } finally {
      Commands.run(List.of("umount", small.toString()));
    }
  }

  @Test
  void settingsThatBranchingRestsOnAreRefusedAndBadOnesNamed() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);

      assertThatThrownBy(() -> lab.start(main, Lab.freePort(), Map.of("fsync", "off")))
          .isInstanceOf(ComputeFailed.class)
          .hasMessageContaining("fsync is refused");
      assertThatThrownBy(() -> lab.start(main, Lab.freePort(), Map.of("work_mem", "a'b")))
          .isInstanceOf(ComputeFailed.class)
          .hasMessageContaining("work_mem");
      lab.start(main, Lab.freePort(), Map.of("work_mem", "5MB"));
      assertThat(lab.ask(main, "show work_mem")).isEqualTo("5MB");
    }
  }

  private static void kill(Lab lab, TimelineMeta timeline, Compute server) throws Exception {
    new Postmaster(server.pid(), server.port(), true).signal("KILL");
    while (lab.data().computes().running(lab.tenant, timeline.id()).isPresent()) {
      Thread.sleep(5);
    }
  }

  private static void zeroFrom(Lab lab, TimelineMeta timeline, Lsn lsn) throws Exception {
    var files = lab.files(timeline);
    var first = WalLayout.segment(lsn);
    for (var number = first; files.segment(number).isPresent(); number++) {
      var offset = number == first ? (int) (lsn.value() % WalLayout.SEGMENT_BYTES) : 0;
      try (var file = new RandomAccessFile(files.segment(number).orElseThrow().toFile(), "rw")) {
        file.seek(offset);
        file.write(new byte[WalLayout.SEGMENT_BYTES - offset]);
      }
    }
  }
}
