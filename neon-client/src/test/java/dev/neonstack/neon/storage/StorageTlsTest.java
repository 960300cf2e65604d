package dev.neonstack.neon.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.storage.StorageException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTlsTest {
  private static final TenantId TENANT = TenantId.random();
  private static final String STORE_PASSWORD = "only-for-this-test";

  @TempDir Path dir;

  private ScriptedServer server;
  private Path caFile;

  @BeforeEach
  void startServerWithItsOwnCertificate() throws Exception {
    var store = dir.resolve("server.p12");
    caFile = dir.resolve("ca.pem");
    keytool(
        store,
        "-genkeypair",
        "-alias",
        "s",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "san=ip:127.0.0.1",
        "-ext",
        "bc:c",
        "-validity",
        "2");
    keytool(store, "-exportcert", "-rfc", "-alias", "s", "-file", caFile.toString());
    var https = HttpsServer.create(ScriptedServer.loopback(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(context(store)));
    server = new ScriptedServer(https);
    server.then(new Answer(200, "{\"timelines\":[],\"offloaded\":[]}"));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aServerWhoseAuthorityIsInTheCaFileIsTrusted() {
    assertThat(client(Optional.of(caFile)).timelines(TENANT).timelines()).isEmpty();
  }

  @Test
  void aServerOfAnUnknownAuthorityIsNotAndTheMessageSaysWhatToDo() {
    assertThatThrownBy(() -> client(Optional.empty()).timelines(TENANT))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
        .hasMessageContaining("CA file");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void aCaFileWithoutCertificateOrThatIsMissingIsRefusedByName() throws IOException {
    var empty = Files.writeString(dir.resolve("empty.pem"), "");
    var text = Files.writeString(dir.resolve("text.pem"), "no certificate");
    var missing = dir.resolve("missing.pem");

    for (var file : List.of(empty, text, missing)) {
      assertThatThrownBy(() -> client(Optional.of(file)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.toString());
    }
  }

  private StorageClient client(Optional<Path> ca) {
    return new StorageClient(
        new StorageOptions(server.url("https"), Dialect.PAGESERVER, Optional.empty(), ca));
  }

  private static void keytool(Path store, String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", STORE_PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static SSLContext context(Path store) throws Exception {
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD.toCharArray());
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, STORE_PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
