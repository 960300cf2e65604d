package dev.neonstack.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.kubefake.FakeApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server's certificate is its own authority; clients must show the one of the test. */
class TlsTest {
  private static final String PASSWORD = "only-for-this-test";
  private static final String POD = "/api/v1/namespaces/neon/pods/a";

  @TempDir static Path dir;

  private FakeApiServer api;

  @BeforeAll
  static void makeCertificates() throws Exception {
    pair("server", "EC");
    pair("rsa", "RSA");
    pair("ec", "EC");
  }

  @BeforeEach
  void serve() throws Exception {
    for (var name : List.of("rsa", "ec")) {
      Files.writeString(
          key(name), Pem.pkcs8(store(name).getKey("s", PASSWORD.toCharArray()).getEncoded()));
    }
    var context = SSLContext.getInstance("TLS");
    context.init(keys(store("server")).getKeyManagers(), clients().getTrustManagers(), null);
    api = new FakeApiServer(new NeedsClient(context), true);
    api.put("/api/v1/namespaces/neon/pods", "{\"metadata\": {\"name\": \"a\"}}");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private static void pair(String name, String algorithm) throws Exception {
    run(
        "keytool",
        "-genkeypair",
        "-alias",
        "s",
        "-keyalg",
        algorithm,
        "-dname",
        "CN=" + name,
        "-ext",
        "san=ip:127.0.0.1",
        "-ext",
        "bc:c",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        dir.resolve(name + ".p12").toString());
    run(
        "keytool",
        "-exportcert",
        "-rfc",
        "-alias",
        "s",
        "-storepass",
        PASSWORD,
        "-keystore",
        dir.resolve(name + ".p12").toString(),
        "-file",
        pem(name).toString());
  }

  private static void run(String... command) throws Exception {
    var whole = new ArrayList<>(List.of(command));
    whole.set(0, Path.of(System.getProperty("java.home"), "bin", command[0]).toString());
    var process = new ProcessBuilder(whole).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private static Path pem(String name) {
    return dir.resolve(name + ".pem");
  }

  private static Path key(String name) {
    return dir.resolve(name + ".key");
  }

  private static KeyStore store(String name) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(dir.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static KeyManagerFactory keys(KeyStore store) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    return keys;
  }

  private static TrustManagerFactory clients() throws Exception {
    var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    for (var name : List.of("rsa", "ec")) {
      trusted.setCertificateEntry(name, store(name).getCertificate("s"));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust;
  }

  private static final class NeedsClient extends ServerSocketFactory {
    private final SSLContext context;

    NeedsClient(SSLContext context) {
      this.context = context;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return createServerSocket(port, 0);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
        throws IOException {
      var socket =
          (SSLServerSocket)
              context.getServerSocketFactory().createServerSocket(port, backlog, address);
      socket.setNeedClientAuth(true);
      return socket;
    }
  }

  private boolean finds(String cluster, String client) {
    var user = "client-certificate: %s, client-key: %s".formatted(pem(client), key(client));
    var config = Optional.of(api.kubeconfig(cluster, user));
    return Cluster.of(new ClusterSettings(config, Optional.empty()), Map.of())
        .find(POD)
        .isPresent();
  }

  private static String authority(String name) {
    return "certificate-authority: " + pem(name);
  }

  @Test
  void theAuthorityOfTheKubeconfigIsTrustedAndTheClientsCertificateShown() {
    assertThat(finds(authority("server"), "rsa")).isTrue();
    assertThat(finds(authority("server"), "ec")).isTrue();
  }

  @Test
  void keysInTheOlderFormsAreRead() throws Exception {
    Files.writeString(key("rsa"), Pem.pkcs1(store("rsa").getKey("s", PASSWORD.toCharArray())));
    Files.writeString(key("ec"), Pem.sec1(store("ec").getKey("s", PASSWORD.toCharArray())));

    assertThat(finds(authority("server"), "rsa")).isTrue();
    assertThat(finds(authority("server"), "ec")).isTrue();
  }

  @Test
  void anotherAuthorityIsNotTrusted() {
    assertThatThrownBy(() -> finds(authority("rsa"), "rsa"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("cannot be trusted")
        .hasMessageEndingWith("is its CA the one of the kubeconfig?");
  }

  @Test
  void nobodyIsAskedWhereTheKubeconfigSaysSo() {
    assertThat(finds("insecure-skip-tls-verify: true", "rsa")).isTrue();
  }

  @Test
  void aKeyThatIsNoneIsToldWithoutIt() throws IOException {
    Files.writeString(key("rsa"), "hunter2");
    assertThatThrownBy(() -> finds(authority("server"), "rsa"))
        .hasMessageContaining("there is no private key that is not encrypted")
        .hasMessageNotContaining("hunter2");
  }
}
