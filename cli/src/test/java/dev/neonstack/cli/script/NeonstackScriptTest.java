package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NeonstackScriptTest {

  @TempDir private Path folder;

  private Script script;
  private Path home;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    home = Script.repository();
  }

  @Test
  void helpWorksFromAnywhereAndThroughALink() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("ns"), home.resolve("neonstack"));
    var relative = Files.createSymbolicLink(folder.resolve("ns2"), Path.of("ns"));

    for (var path : List.of(home.resolve("neonstack"), link, relative)) {
      var result = script.run(folder, Map.of(), List.of(path.toString(), "help"));
      assertThat(result.code()).isZero();
      assertThat(result.out()).contains("up [STACK]", "psql BRANCH", "NEONSTACK_POSTGRES_PORT");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void anUnknownCommandIsNamed() throws Exception {
    var result = neonstack("upp");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .isEqualTo(
            "neonstack: There is no command 'upp'; ./neonstack help lists those there are.\n");
  }

  @Test
  void anUnknownStackIsNamedWithThoseThereAre() throws Exception {
    var result = neonstack("up", "nowhere");

    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err())
        .contains("no stack 'nowhere'")
        .containsPattern("; there are: (.* )?local\\b");
  }

  @Test
  void withoutJavaItSaysHowToGetIt() throws Exception {
    assertInstallLines(neonstack("up"), "No java was found", "JDK 17");
  }

  @Test
  void aRuntimeWithoutACompilerIsNotEnough() throws Exception {
    script.program("java", "echo 'openjdk version \"17.0.1\"' >&2");

    assertInstallLines(neonstack("up"), "No javac was found", "JDK 17");
  }

  @Test
  void anOldJavaIsNamedWithItsVersion() throws Exception {
    script.program("java", "echo 'java version \"1.8.0_292\"' >&2");
    script.program("javac", "echo 'javac 1.8.0_292'");
    script.program("mvn", "echo 'Apache Maven 3.9.9'");

    assertInstallLines(neonstack("preview"), "is version 8.", "JDK 17");
  }

  @Test
  void withoutMavenItSaysHowToGetIt() throws Exception {
    goodJava();

    assertInstallLines(neonstack("up"), "No mvn was found", "Maven 3.8.1");
  }

  @Test
  void anOldMavenIsNamedWithItsVersion() throws Exception {
    goodJava();
    script.program("mvn", "echo 'Apache Maven 3.6.3 (x)'");

    assertInstallLines(neonstack("up"), "is version 3.6.3", "Maven 3.8.1");
  }

  @Test
  void aWrongJavaHomeIsNamed() throws Exception {
    var result =
        script.run(
            folder,
            Map.of("JAVA_HOME", "/nowhere"),
            List.of(home.resolve("neonstack").toString(), "up"));

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("JAVA_HOME is '/nowhere'");
  }

  @Test
  void withoutPulumiAndGoItSaysHowToGetThem() throws Exception {
    goodTools();

    assertInstallLines(neonstack("up"), "Neither pulumi nor go", "get.pulumi.com");
  }

  @Test
  void anOldGoIsNamedWithTheWayToANewOneBeforeAnythingIsBuilt() throws Exception {
    goodTools();
    script.program("go", "echo go1.19.8");

    var result = neonstack("up");

    assertInstallLines(result, "is version 1.19.8", "Go 1.21", "https://go.dev/dl");
    assertThat(result.err().lines())
        .filteredOn(line -> line.contains("Debian 12"))
        .isNotEmpty()
        .noneMatch(line -> line.contains("apt install"));
    assertThat(result.err()).doesNotContain("the first run here");
  }

  @Test
  void anOldPulumiIsSaidAndNotUsed() throws Exception {
    goodTools();
    script.program("pulumi", "echo v3.100.0");
    script.program("pulumi-language-java", "exit 1");

    var result = neonstack("up");

    assertThat(result.err()).contains("is version 3.100.0", "To upgrade yours");
  }

  @Test
  void envPrintsWhatPlainPulumiNeedsAndKeepsThePassphraseInAFile() throws Exception {
    script.program("pulumi", "echo v3.999.0");
    script.program("pulumi-language-java", "exit 1");
    var first = neonstack("env");
    var second = neonstack("env");

    assertThat(first.code()).isZero();
    assertThat(first.out())
        .contains("export PULUMI_BACKEND_URL='file://" + folder)
        .contains("export PULUMI_CONFIG_PASSPHRASE_FILE='")
        .isEqualTo(second.out());
    var passphrase = folder.resolve(".local/share/neonstack/passphrase");
    assertThat(Files.readString(passphrase)).hasSize(64);
    assertThat(first.out()).doesNotContain(Files.readString(passphrase));
    assertThat(Files.getPosixFilePermissions(passphrase)).hasSize(2);
  }

  @Test
  void aBackendOfTheUserIsKept() throws Exception {
    script.program("pulumi", "echo v3.999.0");
    script.program("pulumi-language-java", "exit 1");
    var credentials = folder.resolve(".pulumi/credentials.json");
    Files.createDirectories(credentials.getParent());
    Files.writeString(credentials, "{\n  \"current\": \"https://api.pulumi.com\"\n}");

    assertThat(neonstack("env").out()).doesNotContain("PULUMI_BACKEND_URL", "PASSPHRASE");
  }

  @Test
  void resetAsksForAYesThatAScriptMustGive() throws Exception {
    var result = neonstack("reset");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("--yes");
  }

  private void goodJava() throws IOException {
    script.program("java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2");
    script.program("javac", "echo 'javac 21.0.2'");
  }

  private void goodTools() throws IOException {
    goodJava();
    script.program("mvn", "echo 'Apache Maven 3.9.9 (abc)'");
  }

  private static void assertInstallLines(Script.Result result, String... parts) {
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains(parts).contains("dnf install", "apt install", "brew install");
  }

  private Script.Result neonstack(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(home.resolve("neonstack").toString()));
    command.addAll(List.of(arguments));
    return script.run(folder, Map.of(), command);
  }
}
