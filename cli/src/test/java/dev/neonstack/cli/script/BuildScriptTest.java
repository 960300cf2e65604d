package dev.neonstack.cli.script;

import static java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real libexec/build over a small tree, with a Maven that only writes down that it ran. */
final class BuildScriptTest {

  private static final List<String> JARS =
      List.of(
          "target/neonstack.jar",
          "provider/target/provider.jar",
          "cli/target/cli.jar",
          "control-plane/target/image/app/control-plane.jar");

  private static final String MAKE_JARS = "echo jar > " + String.join("; echo jar > ", JARS);

  @TempDir private Path folder;

  private Script script;
  private Checkout checkout;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    checkout = new Checkout(folder);
    for (var name : List.of("build", "common.sh", "progress.sh")) {
      checkout.copy("libexec/" + name);
    }
    checkout.write("pom.xml", "<project/>");
    checkout.write(".mvn/jvm.config", "");
    checkout.write("local/pom.xml", "<project/>");
    checkout.write("local/src/main/java/A.java", "class A {}");
    checkout.write("src/main/java/Main.java", "class Main {}");
    for (var jar : List.of("control-plane", "emulator", "neon-client")) {
      checkout.write("cli/target/lib/" + jar + "-1.jar", jar);
    }
    script.program("java", "echo 'openjdk version \"21.0.2\"' >&2");
    script.program("javac", "echo 'javac 21.0.2'");
    maven("sleep 0.2; " + MAKE_JARS);
  }

  @Test
  void buildsOnceAndThenHasNothingToDo() throws Exception {
    assertThat(build().err()).contains("building from source", "built in");
    var second = build();

    assertThat(second.code()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(builds()).isEqualTo(1);
    assertThat(checkout.file("local/target/build.stamp")).isNotEmptyFile();
  }

  @Test
  void anEditBuildsAgainAlsoWhenTheFileLooksOld() throws Exception {
    build();
    checkout.write("src/main/java/Main.java", "class Main { int x; }");
    Files.setLastModifiedTime(
        checkout.file("src/main/java/Main.java"), FileTime.from(Instant.EPOCH));

    assertThat(build().code()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void aDeletedSourceAndAMissingJarBuildAgain() throws Exception {
    build();
    Files.delete(checkout.file("local/src/main/java/A.java"));
    build();
    Files.delete(checkout.file("cli/target/cli.jar"));
    build();

    assertThat(builds()).isEqualTo(3);
  }

  @Test
  void theClassesOfAChangedModuleAreThrownAway() throws Exception {
    build();
    checkout.write("target/classes/Main.class", "old");
    checkout.write("local/target/classes/A.class", "kept");
    checkout.write("src/main/java/Main.java", "class Main { int y; }");
    build();

    assertThat(checkout.file("target/classes/Main.class")).doesNotExist();
    assertThat(checkout.file("local/target/classes/A.class")).exists();
  }

  @Test
  void theImagesUserMayReadItsJarsWhateverTheUsersMask() throws Exception {
    maven("umask 077; rm -rf control-plane; mkdir -p control-plane/target/image/app; " + MAKE_JARS);
    build();

    assertThat(Files.getPosixFilePermissions(checkout.file("control-plane/target/image/app")))
        .contains(OTHERS_READ, OTHERS_EXECUTE);
    assertThat(Files.getPosixFilePermissions(checkout.file(JARS.get(3))))
        .isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
  }

  @Test
  void aFailedBuildSaysWhyAndLeavesNoJarToRun() throws Exception {
    build();
    checkout.write("src/main/java/Main.java", "class Main {");
    maven("echo '[ERROR] Main.java:[1,13] reached end of file'; exit 1");

    var result = build();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("reached end of file", "the build failed", "build.log");
    assertThat(JARS).allSatisfy(jar -> assertThat(checkout.file(jar)).doesNotExist());
    assertThat(build().code()).isEqualTo(1);
  }

  @Test
  void severalAtOnceBuildOnce() throws Exception {
    var running = new ArrayList<Process>();
    for (var i = 0; i < 4; i++) {
      running.add(
          script
              .builder(folder, Map.of(), List.of(checkout.file("libexec/build").toString()))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start());
    }
    for (var process : running) {
      assertThat(process.waitFor()).isZero();
    }

    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void theLockOfADeadBuildIsTakenOver() throws Exception {
    var dead = new ProcessBuilder("true").start();
    dead.waitFor();
    checkout.write("target/build.lock", dead.pid() + "\n");

    assertThat(build().code()).isZero();
    assertThat(checkout.file("target/build.lock")).doesNotExist();
  }

  private Script.Result build() throws IOException, InterruptedException {
    return script.run(folder, Map.of(), List.of(checkout.file("libexec/build").toString()));
  }

  private void maven(String work) throws IOException {
    script.program(
        "mvn",
        "case $1 in -v) echo 'Apache Maven 3.9.9'; exit ;; esac\n"
            + ("echo built >> '" + folder.resolve("builds") + "'\n")
            + "mkdir -p target provider/target cli/target local/target control-plane/target/image/app\n"
            + work);
  }

  private int builds() throws IOException {
    return Files.readAllLines(folder.resolve("builds")).size();
  }
}
