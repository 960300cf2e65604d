package dev.neonstack.components.aws.services;

/**
 * Where the certificate of the proxy comes from. The proxy ends TLS itself: Postgres asks for it
 * inside its own protocol, and the proxy finds the endpoint by the name that TLS carries. So no
 * certificate of ACM on the load balancer can do it.
 */
public enum CertificateSource {
  /** A Secret that somebody else makes and renews. */
  SECRET,
  /** {@link CertManager}, which renews it; {@link Reloader} then restarts the proxy. */
  CERT_MANAGER
}
