package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The home folder: HOME for every program that is run, whatever the user database says. */
final class HomeScriptTest {
  @TempDir private Path folder;

  private Script script;
  private Checkout checkout;
  private Path said;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    checkout = Checkout.complete(folder);
    said = folder.resolve("said");
    script.program(
        "java",
        "[ \"$1\" != -version ] || { echo 'openjdk version \"21.0.2\"' >&2; exit; }\necho \"$@\" >>'%s'"
            .formatted(said));
    script.program("javac", "echo 'javac 21.0.2'");
    script.program("mvn", "echo 'Apache Maven 3.9.9'; echo \"$MAVEN_OPTS\" >>'%s'".formatted(said));
  }

  private Script.Result run(Map<String, String> variables, String... command) throws Exception {
    return script.run(checkout.home(), variables, List.of(command));
  }

  private Path file(String name) {
    return checkout.file(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"libexec/program", "libexec/local"})
  void programAndCommandsGoByHome(String part) throws Exception {
    var variables = Map.of("NEONSTACK_PREBUILT", "yes", "HOME", "/somewhere/else");

    assertThat(run(variables, file(part).toString(), "doctor").code()).isZero();
    assertThat(Files.readString(said)).contains(" -Duser.home=/somewhere/else ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-Xmx1g"})
  void mavenGoesByHomeToo(String given) throws Exception {
    var line = ". libexec/common.sh; check_maven";
    var variables =
        Map.of("NEONSTACK_HOME", checkout.home().toString(), "HOME", "/h", "MAVEN_OPTS", given);

    assertThat(run(variables, "sh", "-euc", "cd '" + checkout.home() + "'; " + line).code())
        .isZero();
    assertThat(said).content().contains("-Duser.home=/h").contains(given);
  }

  @Test
  void aHomeThatTheUserGaveMavenStays() throws Exception {
    var variables =
        Map.of("NEONSTACK_HOME", checkout.home().toString(), "MAVEN_OPTS", "-Duser.home=/mine");

    run(
        variables,
        "sh",
        "-euc",
        "cd '%s'; . libexec/common.sh; check_maven".formatted(checkout.home()));

    assertThat(said).hasContent("-Duser.home=/mine");
  }

  /** Below a file no folder can be made, by root neither. */
  @Test
  void whereNothingCanBeWrittenItSaysWhichFolderToSet() throws Exception {
    var home = Files.createFile(folder.resolve("file")).resolve("home");
    var variables = Map.of("HOME", home.toString(), "NEONSTACK_PREBUILT", "yes");
    script.program("go", "echo go1.26.0");

    var building = run(variables, file("neonstack").toString(), "up");
    assertThat(building.code()).isEqualTo(1);
    assertThat(building.err())
        .contains("The folder " + home + "/.cache/neonstack cannot be made or written")
        .contains("set NEONSTACK_CACHE to another folder");

    new FakePulumi(script, folder);
    var keeping = run(variables, file("neonstack").toString(), "up");
    assertThat(keeping.code()).isEqualTo(1);
    assertThat(keeping.err())
        .contains("The data folder " + home + "/.local/share/neonstack cannot be made")
        .contains("set NEONSTACK_DATA to another folder");
  }
}
