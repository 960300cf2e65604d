package dev.neonstack.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.kubefake.ProxyCertificates;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ProxyCertificateTest {
  private static ProxyCertificate read(String pem) {
    return ProxyCertificate.read(pem).orElseThrow();
  }

  @Test
  void aWildcardAloneIsTakenAndTheFirstOfAChainCounts() {
    assertThat(read(ProxyCertificates.ALONE).unusable()).isEmpty();
    assertThat(read(ProxyCertificates.ALONE).ends()).isAfter(Instant.parse("2126-01-01T00:00:00Z"));
    var chain = ProxyCertificates.ALONE + ProxyCertificates.OF_ONE_HOST;
    assertThat(read(chain).unusable()).isEmpty();
  }

  @Test
  void anythingBesideItIsToldInEitherOrder() {
    assertThat(read(ProxyCertificates.BEHIND_AN_ORGANISATION).unusable().orElseThrow())
        .startsWith("has the subject 'CN=*.db.example, O=Corp'; expected CN=*.DOMAIN and nothing");
    assertThat(read(ProxyCertificates.BEFORE_AN_ORGANISATION).unusable().orElseThrow())
        .startsWith("has the subject 'O=Corp, CN=*.db.example'; expected CN=*.DOMAIN and nothing");
  }

  @Test
  void aNameOfOneHostIsTold() {
    assertThat(read(ProxyCertificates.OF_ONE_HOST).unusable().orElseThrow())
        .startsWith("has the subject 'CN=db.example'; expected CN=*.DOMAIN and nothing");
  }

  @Test
  void whatIsNoCertificateIsNone() {
    assertThat(ProxyCertificate.read("certificate")).isEmpty();
    assertThat(ProxyCertificate.read("")).isEmpty();
  }
}
