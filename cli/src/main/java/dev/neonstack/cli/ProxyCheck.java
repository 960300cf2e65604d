package dev.neonstack.cli;

import dev.neonstack.cli.NeonInCluster.Pod;
import dev.neonstack.kube.ProxyCertificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;

/** Whether the proxy, where there is one, can use the certificate it is given. */
final class ProxyCheck {
  private static final String NAME = "certificate of proxy";
  private static final String PROXY = "proxy";
  private static final String VOLUME = "tls";
  private static final String ENTRY = "tls.crt";
  private static final Duration SOON = Duration.ofDays(14);

  private final NeonInCluster neon;
  private final InstantSource clock;

  ProxyCheck(NeonInCluster neon, InstantSource clock) {
    this.neon = neon;
    this.clock = clock;
  }

  Stream<Check> all() {
    return neon.pods(PROXY).stream()
        .map(Pod::name)
        .limit(1)
        .flatMap(pod -> neon.secretOfVolume(pod, VOLUME).stream())
        .map(this::certificate);
  }

  private Check certificate(String secret) {
    var whose = "Secret '" + secret + "'";
    var found = neon.secret(secret, ENTRY).flatMap(ProxyCertificate::read);
    if (found.isEmpty()) {
      return Check.problem(NAME, whose + " has no certificate in " + ENTRY);
    }
    var certificate = found.get();
    return certificate
        .unusable()
        .map(problem -> Check.problem(NAME, whose + " " + problem + ". Have it issued anew"))
        .orElseGet(() -> lasting(whose, certificate));
  }

  /** The proxy reads it at its start only. */
  private Check lasting(String whose, ProxyCertificate certificate) {
    var told = whose + ", " + certificate.subject() + ", until " + certificate.ends();
    var left = Duration.between(clock.instant(), certificate.ends());
    if (left.isNegative()) {
      return Check.problem(NAME, told + ": it has ended. Replace it and restart the proxy");
    }
    return left.compareTo(SOON) < 0
        ? Check.warning(NAME, told + ": replace it and restart the proxy")
        : Check.ok(NAME, told);
  }
}
