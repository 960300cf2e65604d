package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.emulator.TimelineMeta;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServersTest {
  @Test
  void noServerOutlivesTheTestsThatStartedIt() throws Exception {
    try (var lab = new Lab();
        var another = new Lab()) {
      var main = lab.root(17);
      var compute = lab.start(main);
      var kept = another.start(another.root(17));

      lab.abandon();

      for (var server : ProcessHandle.of(compute.pid()).stream().toList()) {
        server.onExit().get(1, TimeUnit.MINUTES);
      }
      assertThat(ProcessHandle.of(kept.pid()).filter(ProcessHandle::isAlive)).isPresent();
    }
  }

  @Test
  void whatWasCommittedSurvivesAKilledServer() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      var compute = lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('kept')");
      var postmaster = ProcessHandle.of(compute.pid()).orElseThrow();
      postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
      postmaster.destroyForcibly();
      postmaster.onExit().get();
      lab.start(main);

      assertThat(lab.ask(main, "select v from t")).isEqualTo("kept");
    }
  }

  @Test
  void aServerOfAnEarlierProcessIsFoundAgain() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      var compute = lab.start(main);
      lab.reopen();

      assertThat(lab.data().computes().running(lab.tenant, main.id())).contains(compute);
      assertThat(lab.start(main, compute.port(), Map.of())).isEqualTo(compute);
    }
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (var lab = new Lab();
        var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var main = lab.root(17);

      assertThatThrownBy(() -> lab.start(main, taken.getLocalPort(), Map.of()))
          .hasMessageContaining(String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void twentyBranchesStartAtOnce() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('one')");
      var branches = new ArrayList<TimelineMeta>();
      for (var number = 0; number < 20; number++) {
        branches.add(lab.branch(main));
      }
      var threads = Executors.newFixedThreadPool(branches.size());
      var starts = new ArrayList<Callable<String>>();
      for (var branch : branches) {
        starts.add(
            () -> {
              lab.start(branch);
              return lab.ask(branch, "select v from t");
            });
      }
      for (var answer : threads.invokeAll(starts)) {
        assertThat(answer.get()).isEqualTo("one");
      }
      threads.shutdown();
    }
  }

  @Test
  void deletingABranchStopsItsServerAndFreesItsDisk() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      var child = lab.branch(main);
      var compute = lab.start(child);
      var files = lab.files(child);
      assertThat(files.root()).isDirectory();
      lab.delete(child);

      assertThat(Files.exists(files.root())).isFalse();
      assertThatThrownBy(() -> lab.connect(compute.port())).hasMessageContaining("refused");
    }
  }

  @Test
  void oldHistoryThatAnUnstartedChildNeedsIsKept() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('old')");
      var child = lab.branch(main);
      lab.run(main, "delete from t", fill(), "checkpoint", "drop table filler", fill());
      lab.stop(main);
      lab.data().retain(main, lab.data().lastRecordLsn(main));
      lab.start(child);

      assertThat(lab.ask(child, "select v from t")).isEqualTo("old");
    }
  }

  @Test
  void passwordsAreAskedForAndNeverStandOnACommandLine() throws Exception {
    try (var lab = new Lab()) {
      var main = lab.root(17);
      var compute = lab.start(main);
      var commands =
          ProcessHandle.allProcesses()
              .flatMap(process -> process.info().commandLine().stream())
              .toList();

      assertThat(commands).noneMatch(line -> line.contains(lab.password()));
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      "jdbc:postgresql://127.0.0.1:" + compute.port() + "/postgres",
                      Templates.ADMIN,
                      "wrong"))
          .hasMessageContaining("password");
    }
  }

  private static String fill() {
    return "create table filler as select repeat('x', 1000) from generate_series(1, 20000)";
  }
}
