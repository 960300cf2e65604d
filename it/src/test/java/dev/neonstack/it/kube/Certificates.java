package dev.neonstack.it.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates in PEM, which are trusted. */
final class Certificates {
  private static final int LINE = 64;

  private final byte[] pem;

  private Certificates(byte[] pem) {
    this.pem = pem;
  }

  static Certificates of(Path file) {
    try {
      return new Certificates(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  String base64() {
    return Base64.getEncoder().encodeToString(pem);
  }

  SSLContext trusting() {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      var certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      for (var certificate : certificates) {
        store.setCertificateEntry("trusted-" + store.size(), certificate);
      }
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("these certificates cannot be used", e);
    }
  }

  /** Writes a new pair of keys, with which the API server signs the tokens of service accounts. */
  static void writeKeyPair(Path privateKey, Path publicKey) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      var keys = generator.generateKeyPair();
      Files.writeString(privateKey, pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
      Files.writeString(publicKey, pem("PUBLIC KEY", keys.getPublic().getEncoded()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no keys could be made", e);
    }
  }

  private static String pem(String what, byte[] content) {
    var lines = Base64.getMimeEncoder(LINE, "\n".getBytes(US_ASCII)).encodeToString(content);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }
}
