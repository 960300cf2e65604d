package dev.neonstack.controlplane.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.neon.auth.SigningKeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComputeKeysTest {
  private final ComputeKeys keys = Example.keys();

  @Test
  void aComputeIsKnownByItsToken() {
    assertThat(keys.holder(keys.tokenOf("ep-a.1"))).isEqualTo(Optional.of("ep-a.1"));
  }

  @Test
  void tokensForStorageAndForComputesAreNoneOfAComputeAtTheControlPlane() {
    assertThat(keys.holder(keys.tenantToken(Example.TENANT))).isEmpty();
    assertThat(keys.holder(keys.tokenFor("ep-a.1"))).isEmpty();
  }

  @Test
  void storageTakesNoTokenOfAComputeAsEachHasAnAudienceAndNoScope() {
    var claims = Example.claims(keys.tokenOf("ep-a.1"));

    assertThat(claims.path("aud").isArray()).isTrue();
    assertThat(claims.has("scope")).isFalse();
    assertThat(claims.has("compute_id")).isFalse();
  }

  @Test
  void aTokenForAComputeNamesItAndEndsSoon() {
    var claims = Example.claims(keys.tokenFor("ep-a.1"));

    assertThat(claims.path("compute_id").asText()).isEqualTo("ep-a.1");
    assertThat(claims.path("exp").asLong())
        .isEqualTo(Example.NOW.plus(Duration.ofMinutes(5)).getEpochSecond());
  }

  @Test
  void anotherKeyIsRefused() {
    var other = SigningKeyPair.draw();
    var others = new ComputeKeys(other.privateKey(), other.publicKey().text(), Clock.systemUTC());

    assertThat(keys.holder(others.tokenOf("ep-a.1"))).isEmpty();
    assertThat(keys.holder("no.to.ken")).isEmpty();
  }

  @Test
  void keysThatAreNoPairAreRefused() {
    var one = SigningKeyPair.draw();
    var other = SigningKeyPair.draw();

    assertThatThrownBy(
            () -> new ComputeKeys(one.privateKey(), other.publicKey().text(), Clock.systemUTC()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the private and the public key of the control plane are no pair");
  }
}
