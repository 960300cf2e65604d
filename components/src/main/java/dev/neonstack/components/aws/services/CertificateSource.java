package dev.neonstack.components.aws.services;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the certificate of the proxy comes from. The proxy ends TLS itself: Postgres asks for it
 * inside its own protocol, and the proxy finds the endpoint by the name that TLS carries. So no
 * certificate of ACM on the load balancer can do it.
 */
public enum CertificateSource {
  /** A Secret that somebody else makes and renews. */
  SECRET,
  /** {@link CertManager}, which renews it; {@link Reloader} then restarts the proxy. */
  CERT_MANAGER;

  /** As it is written in settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<CertificateSource> of(String word) {
    return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(CertificateSource::word).toList();
  }
}
