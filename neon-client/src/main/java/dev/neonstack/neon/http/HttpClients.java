package dev.neonstack.neon.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes HTTP clients that never follow a redirect, so that a token goes to its own server only. */
public final class HttpClients {
  private HttpClients() {}

  /**
   * A client that trusts the machine's authorities, or those of the file alone.
   *
   * @param caFile certificates in PEM, one or more
   * @throws IllegalArgumentException when the file holds no certificate or cannot be read
   */
  public static HttpClient create(Duration connectTimeout, Optional<Path> caFile) {
    var builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout);
    caFile.map(HttpClients::trusting).ifPresent(builder::sslContext);
    return builder.build();
  }

  private static SSLContext trusting(Path caFile) {
    try {
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keyStore(caFile));
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "CA file " + caFile + " cannot be read; expected a file of certificates in PEM", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "CA file " + caFile + " holds no certificate; expected certificates in PEM", e);
    }
  }

  private static KeyStore keyStore(Path caFile) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(caFile)) {
      var number = 0;
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, certificate);
      }
    }
    if (store.size() == 0) {
      throw new GeneralSecurityException("no certificate");
    }
    return store;
  }
}
