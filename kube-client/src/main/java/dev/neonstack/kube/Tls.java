package dev.neonstack.kube;

import dev.neonstack.kube.ClusterException.Kind;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** The TLS of a context: whom it trusts, and the certificate it shows. */
final class Tls {
  private Tls() {}

  static SSLContext of(Kubeconfig config) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(shown(config), trusted(config), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ClusterException(
          Kind.CONFIG,
          config + ": a certificate or key of it cannot be used: " + e.getMessage(),
          e);
    }
  }

  private static TrustManager[] trusted(Kubeconfig config)
      throws GeneralSecurityException, IOException {
    if (config.cluster().path("insecure-skip-tls-verify").asBoolean()) {
      return new TrustManager[] {new Anybody()};
    }
    var authority = config.dataOrFile(config.cluster(), "certificate-authority");
    if (authority.isEmpty()) {
      return null;
    }
    var store = empty();
    var number = 0;
    for (var certificate : PemKeys.certificates(authority.get())) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust.getTrustManagers();
  }

  private static KeyManager[] shown(Kubeconfig config)
      throws GeneralSecurityException, IOException {
    var certificate = config.dataOrFile(config.user(), "client-certificate");
    var key = config.dataOrFile(config.user(), "client-key");
    if (certificate.isEmpty() || key.isEmpty()) {
      return null;
    }
    var store = empty();
    var chain = PemKeys.certificates(certificate.get()).toArray(Certificate[]::new);
    store.setKeyEntry("client", PemKeys.privateKey(key.get()), new char[0], chain);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    return keys.getKeyManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }

  /**
   * What {@code insecure-skip-tls-verify} asks for: neither the signer nor the name is looked at.
   */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
