package dev.neonstack.controlplane.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.neon.storage.Dialect;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramTest {
  private static final String KEY = "key-of-the-tests-1234";

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private final List<ServerSettings> started = new ArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Program program =
      new Program(
          environment, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

  @BeforeEach
  void giveWhatIsRequired() throws IOException {
    environment.put("NEONSTACK_STORAGE_URL", "http://storage-controller:50051");
    environment.put("NEONSTACK_API_KEY_FILE", file("key", KEY + "\n"));
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private int run(String... arguments) {
    return program.run(started::add, arguments);
  }

  private String errors() {
    return err.toString(UTF_8);
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    assertThat(run()).isZero();

    var settings = started.get(0);
    assertThat(settings.storage().url()).hasToString("http://storage-controller:50051");
    assertThat(settings.storage().dialect()).isEqualTo(Dialect.CONTROLLER);
    assertThat(settings.storage().tokenFile()).isEmpty();
    assertThat(settings.storage().caFile()).isEmpty();
    assertThat(settings.controlPlane().apiKey()).isEqualTo(KEY);
    assertThat(settings.controlPlane().listen()).hasToString("0.0.0.0:9899");
    assertThat(settings.catalog()).isEqualTo(new CatalogPlace(Path.of("/data"), Optional.empty()));
    assertThat(settings.controlPlane().sweepInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.internal().listen()).hasToString("0.0.0.0:8080");
    assertThat(settings.internal().hookKeyFile()).isEmpty();
    assertThat(settings.toString()).doesNotContain(KEY);
  }

  @Test
  void anOptionWinsOverItsVariable() throws IOException {
    environment.put("NEONSTACK_STORAGE_DIALECT", "controller");
    environment.put("NEONSTACK_SWEEP_INTERVAL", "2h");
    environment.put("NEONSTACK_API_PORT", " ");

    var code =
        run(
            "--storage-dialect=pageserver",
            "--storage-url",
            "https://pageserver:9898/",
            "--storage-token-file",
            file("token", "eyJhbGciOiJFZERTQSJ9.e30.c2ln"),
            "--api-address=::1",
            "--catalog-folder=" + folder.resolve("catalog"));

    assertThat(code).as(errors()).isZero();
    var settings = started.get(0);
    assertThat(settings.storage().dialect()).isEqualTo(Dialect.PAGESERVER);
    assertThat(settings.storage().url()).hasToString("https://pageserver:9898");
    assertThat(settings.storage().tokenFile()).contains(folder.resolve("token"));
    assertThat(settings.controlPlane().listen().host()).isEqualTo("::1");
    assertThat(settings.controlPlane().listen().port()).isEqualTo(9899);
    assertThat(settings.catalog().folder()).isEqualTo(folder.resolve("catalog"));
    assertThat(settings.controlPlane().sweepInterval()).isEqualTo(Duration.ofHours(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "STORAGE_URL | storage:50051 | is 'storage:50051'; expected http://host:port",
        "STORAGE_URL | http://a b | is 'http://a b'; expected http://host:port",
        "STORAGE_DIALECT | Controller | is 'Controller'; expected controller",
        "STORAGE_TOKEN_FILE | /no/token | is not shown here, as it may hold a secret: it does not exist; expected a file",
        "STORAGE_CA_FILE | /no/ca.pem | is '/no/ca.pem': it cannot be read; expected a file of certificates in PEM",
        "STORAGE_CA_FILE | /etc/hostname | is '/etc/hostname': it holds no certificate; expected a file",
        "STORAGE_TOKEN_FILE | /proc/self/no-token | is '/proc/self/no-token': it does not exist; expected",
        "CATALOG_FOLDER | /etc/hostname | is '/etc/hostname': that is a file; expected a folder on a volume that stays",
        "CATALOG_URL_FILE | /no/url | is not shown here, as it may hold a secret: it does not exist; expected a file",
        "CATALOG_URL_FILE | /proc/self/cmdline | is '/proc/self/cmdline': it is no postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
        "API_KEY_FILE | / | is not shown here, as it may hold a secret: it cannot be read (IOException); expected a file with the key",
        "API_ADDRESS | a_b.invalid | is 'a_b.invalid': nobody knows it; expected an address",
        "API_PORT | 65536 | is '65536'; expected a port, 0 to 65535",
        "API_PORT | tcp://10.0.0.1:80 | is 'tcp://10.0.0.1:80'; expected a port",
        "INTERNAL_ADDRESS | a_b.invalid | is 'a_b.invalid': nobody knows it; expected an address",
        "INTERNAL_PORT | none | is 'none'; expected a port",
        "HOOK_KEY_FILE | /no/key.pem | is '/no/key.pem': it does not exist; expected a file with the public key",
        "HOOK_KEY_FILE | /etc/hostname | is '/etc/hostname': a key is not one PEM block 'PUBLIC KEY'; expected a file",
        "PROXY_KEY_FILE | /etc/hostname | is '/etc/hostname': a key is not one PEM block",
        "SAFEKEEPERS | safekeeper-0:7676 | is 'safekeeper-0:7676'; expected addresses http://host:port of all",
        "SAFEKEEPERS | http://a:1,,http://b:1 | is 'http://a:1,,http://b:1'; expected addresses",
        "SAFEKEEPER_TOKEN_FILE | /no/token | is not shown here, as it may hold a secret: it does not exist",
        "SWEEP_INTERVAL | 0s | is '0s'; expected a whole number from 1 with a unit s, m or h",
        "SWEEP_INTERVAL | 30 | is '30'; expected a whole number"
      })
  void aWrongValueIsNamedWithWhatIsAllowed(Setting setting, String value, String sentence) {
    environment.put(setting.variable(), value);

    assertThat(run()).isEqualTo(2);
    assertThat(errors()).startsWith("error: " + setting + " " + sentence);
    assertThat(started).isEmpty();
  }

  @Test
  void aCatalogOfAnEarlierVersionIsNotMissed() {
    environment.put("NEONSTACK_CATALOG_FILE", "/data/catalog.json");

    assertThat(run()).isEqualTo(2);
    assertThat(errors()).contains("NEONSTACK_CATALOG_FILE is a setting of an earlier version");
    assertThat(started).isEmpty();
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    environment.clear();

    assertThat(run("--api-port", "many", "--sweep-interval", "never")).isEqualTo(2);
    assertThat(errors())
        .contains("4 settings are wrong")
        .contains("--storage-url (NEONSTACK_STORAGE_URL) is missing; expected http://host:port")
        .contains("--api-key-file (NEONSTACK_API_KEY_FILE) is missing; expected a file")
        .contains("--api-port (NEONSTACK_API_PORT) is 'many'")
        .contains("--sweep-interval (NEONSTACK_SWEEP_INTERVAL) is 'never'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"the-key-itself", "with/the-key-itself", "/the-key-itself", "/the-key/itself"})
  void aSecretThatSomebodyGaveWhereItDoesNotBelongIsNotShown(String key) throws IOException {
    environment.put("NEONSTACK_API_KEY_FILE", key);
    environment.put("NEONSTACK_STORAGE_URL", "http://user:pass-word@storage");
    environment.put("NEONSTACK_STORAGE_TOKEN_FILE", file("token", "two words"));

    assertThat(run()).isEqualTo(2);
    assertThat(run("--api-key=" + key, "--key", key)).isEqualTo(2);
    assertThat(errors())
        .contains("3 settings are wrong", "there is no --api-key, --key;")
        .doesNotContain("the-key", "itself", "pass-word", "two words");
  }

  @Test
  void aShortKeyIsRefusedByItsLength() throws IOException {
    environment.put("NEONSTACK_API_KEY_FILE", file("short", "guess-me\n"));

    assertThat(run()).isEqualTo(2);
    assertThat(errors())
        .contains("it holds 8 characters", "16 characters or more")
        .doesNotContain("guess-me");
  }

  @Test
  void theHelpListsEverySettingWithItsVariableAndDefault() {
    environment.clear();

    assertThat(run("--help")).isZero();
    var help = out.toString(UTF_8);
    for (var setting : Setting.values()) {
      var usual = setting.usual().map("default: "::concat).orElse("no default");
      assertThat(help).contains(setting.option() + "=", setting.variable() + "; " + usual);
    }
    assertThat(help).contains("/live", "/ready");
    assertThat(run("--version")).isZero();
    assertThat(out.toString(UTF_8)).contains("neonstack control plane ");
    assertThat(started).isEmpty();
  }

  @Test
  void aServerThatCannotStartSaysWhy() {
    var code =
        program.run(
            settings -> {
              throw new IllegalStateException("the port is taken");
            });

    assertThat(code).isEqualTo(1);
    assertThat(errors()).isEqualTo("error: the port is taken" + System.lineSeparator());
  }

  @Test
  void whatNobodyExpectedIsSaidWithItsTrace() {
    var code =
        program.run(
            settings -> {
              throw new IllegalArgumentException("a fault");
            });

    assertThat(code).isEqualTo(1);
    assertThat(errors())
        .contains("at " + getClass().getName())
        .endsWith("error: a fault" + System.lineSeparator());
  }
}
