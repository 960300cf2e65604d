package dev.neonstack.kube;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * The certificate Neon's proxy serves with. The proxy takes the whole text of the subject behind
 * {@code CN=*.} for its domain: with anything beside the name in the subject it does not start, or
 * starts and refuses every connection.
 */
public final class ProxyCertificate {
  private static final String START = "CN=*.";
  private static final String NAME = "CN=\\*(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+";

  private final X509Certificate certificate;

  private ProxyCertificate(X509Certificate certificate) {
    this.certificate = certificate;
  }

  /**
   * The first certificate of a PEM file; empty when there is none.
   *
   * @param pem such as the entry {@code tls.crt} of a Secret
   */
  public static Optional<ProxyCertificate> read(String pem) {
    try {
      var first =
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
      return Optional.of(new ProxyCertificate((X509Certificate) first));
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }

  /** Its subject as one line. */
  public String subject() {
    return certificate.getSubjectX500Principal().getName(X500Principal.RFC1779);
  }

  /** What the proxy cannot use of the subject, with what it needs; empty when it can. */
  public Optional<String> unusable() {
    return subject().matches(NAME)
        ? Optional.empty()
        : Optional.of(
            "has the subject '%s'; expected %sDOMAIN and nothing beside it, no O= or OU=, as the proxy takes all of it for its domain"
                .formatted(subject(), START));
  }

  /** When it ends. */
  public Instant ends() {
    return certificate.getNotAfter().toInstant();
  }
}
