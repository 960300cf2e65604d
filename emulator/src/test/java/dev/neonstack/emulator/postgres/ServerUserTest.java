package dev.neonstack.emulator.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root's servers, in a folder that nobody but root may enter where they need no other. */
class ServerUserTest {
  private static final String PROC = "/proc/";

  @TempDir Path directory;

  @BeforeEach
  void onlyRoot() throws Exception {
    assumeTrue(Files.isWritable(Path.of("/proc/1/oom_score_adj")), "not root on Linux");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoRunsAProgramFromSqlOwnsNothingButTheBranch(boolean userNamespaces) throws Exception {
    Function<Path, Sandbox> kind =
        userNamespaces ? Sandbox::withNamespaces : Sandbox::withoutUserNamespaces;
    assumeTrue(kind.apply(directory).works(), "this machine refuses such namespaces");
    try (var lab = lab((data, cache) -> ServerUser.in(kind.apply(data)))) {
      var main = lab.root(17);
      var server = lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('1')");
      var child = lab.branch(main);
      var other = lab.start(child);
      assertThat(lab.ask(child, "select v from t")).isEqualTo("1");

      assertThat(Files.getAttribute(Path.of(PROC + server.pid()), "unix:uid")).isNotEqualTo(0);
      var secret = Files.writeString(directory.resolve("api-key"), "secret");
      var key = Path.of(System.getProperty("user.home")).resolve("neonstack-test-key");
      assertThat(shell(lab, "id -u")).isNotEqualTo("0");
      assertThat(shell(lab, "touch " + lab.files(main).root() + "/own")).isEqualTo("done");
      for (var line :
          List.of(
              "cat " + secret,
              "cat " + lab.directory.resolve("admin-password"),
              "ls " + lab.files(child).root(),
              "ls " + lab.directory.resolve("storage/templates"),
              "touch " + key,
              "cat " + "/etc/shadow",
              "ls " + PROC + ProcessHandle.current().pid() + "/root",
              "cat " + PROC + ProcessHandle.current().pid() + "/environ",
              "ls " + behind(other.pid(), "root"),
              "ls " + behind(other.pid(), "cwd"),
              "cat " + PROC + other.pid() + "/environ",
              "kill -0 " + ProcessHandle.current().pid())) {
        assertThat(shell(lab, line)).as(line).isEqualTo("refused");
      }
      assertThat(key).doesNotExist();
    }
  }

  /** The folder that a link of the process leads to: a name without a slash is the link itself. */
  private static String behind(long pid, String link) {
    return PROC + pid + "/" + link + "/";
  }

  /** The first word that the line says; {@code done} when it is silent. */
  private static String shell(Lab lab, String line) throws Exception {
    var main = lab.timelines.first();
    lab.run(
        main,
        "create temp table said (line text); copy said from program $$out=$("
            + line
            + " 2>/dev/null) && echo \"${out:-done}\" || echo refused$$;"
            + " create table if not exists last (line text); truncate last;"
            + " insert into last select * from said limit 1");
    return lab.ask(main, "select line from last");
  }

  @Test
  void whereNamespacesAreRefusedItIsAnOrdinaryUserToWhomClosedFoldersOfOursAreOpened()
      throws Exception {
    var reachable = Files.createDirectory(directory.resolve("data"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(reachable, PosixFilePermissions.fromString("rwx------"));
    try (var lab = new Lab(reachable, directory.resolve("cache"), ServerUser::ordinaryUser)) {
      var main = lab.root(17);
      var server = lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('1')");
      var child = lab.branch(main);
      lab.start(child);

      assertThat(lab.ask(child, "select v from t")).isEqualTo("1");
      assertThat(Files.getAttribute(Path.of(PROC + server.pid()), "unix:uid")).isNotEqualTo(0);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(reachable)))
          .isEqualTo("rwx--x---");
    }
  }

  @Test
  void anOrdinaryUserThatCannotGetThereIsToldOf() throws Exception {
    var data = Files.createDirectories(directory.resolve("a/b/storage"));

    assertThatThrownBy(() -> ServerUser.ordinaryUser(data, directory))
        .isInstanceOf(ComputeFailed.class)
        .hasMessageContaining(data.toString())
        .hasMessageContaining("NEONSTACK_DATA and NEONSTACK_CACHE");
  }

  @Test
  void filesOfAnEarlierBuildThatRanServersAsRootAreTakenOver() throws Exception {
    try (var lab = lab(ServerUser::detect)) {
      var main = lab.root(17);
      lab.start(main);
      lab.run(main, "create table t (v text)", "insert into t values ('1')");
      lab.stop(main);
      ServerUser.give(lab.files(main).root(), "0:0");

      lab.start(main);

      assertThat(lab.ask(main, "select v from t")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {14, 15, 16})
  void everyVersionRunsThere(int major) throws Exception {
    try (var lab = lab(ServerUser::detect)) {
      var main = lab.root(major);
      lab.start(main);

      assertThat(lab.ask(main, "select 1")).isEqualTo("1");
    }
  }

  private Lab lab(BiFunction<Path, Path, ServerUser> users) {
    return new Lab(directory, Path.of("target/postgres-cache").toAbsolutePath(), users);
  }
}
