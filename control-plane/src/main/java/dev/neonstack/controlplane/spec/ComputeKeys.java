package dev.neonstack.controlplane.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.TokenCheck;
import dev.neonstack.neon.auth.TokenClaims;
import dev.neonstack.neon.auth.TokenSigner;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The tokens between control plane, computes and storage, all signed with the control plane's key.
 * Each is of use in one place only: storage takes none with an audience, compute_ctl none without
 * its id, and the control plane none without its audience.
 */
public final class ComputeKeys {
  private static final String AUDIENCE = "neonstack-control-plane";
  private static final Duration CALL = Duration.ofMinutes(5);

  private final TokenSigner signer;
  private final PublicPem publicKey;
  private final Clock clock;

  /**
   * Keys.
   *
   * @param privateKey PKCS#8 in PEM, of Ed25519; secret
   * @param publicKey its public half, which storage accepts too
   * @throws IllegalArgumentException when they are no such keys or no pair; the message does not
   *     hold them
   */
  public ComputeKeys(String privateKey, String publicKey, Clock clock) {
    this.publicKey = PublicPem.parse(publicKey);
    this.signer = TokenSigner.of(privateKey, Optional.of(this.publicKey.keyId()));
    this.clock = clock;
    if (holder(tokenOf("probe")).isEmpty()) {
      throw new IllegalArgumentException(
          "the private and the public key of the control plane are no pair");
    }
  }

  /** The JWK set by which computes know the control plane. */
  public Map<String, Object> jwks() {
    return Map.of("keys", List.of(publicKey.jwk()));
  }

  /**
   * Lets a compute read and write what one project has in storage. It has no end, as Postgres sends
   * it again with every new connection for as long as it runs.
   */
  public String tenantToken(TenantId tenant) {
    return signer.sign(
        new TokenClaims(
            Scope.TENANT, Optional.of(tenant), Optional.of("compute"), Optional.empty()));
  }

  /** What a compute sends to the control plane; of use as long as its id is known there. */
  public String tokenOf(String computeId) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("aud", List.of(AUDIENCE));
    claims.put("sub", computeId);
    return signer.sign(claims);
  }

  /** The compute whose token this is; empty when it is no token of ours. */
  public Optional<String> holder(String token) {
    return new TokenCheck(List.of(publicKey))
        .claims(token)
        .filter(claims -> texts(claims.path("aud")).anyMatch(AUDIENCE::equals))
        .map(claims -> claims.path("sub").asText())
        .filter(id -> !id.isEmpty());
  }

  private static Stream<String> texts(JsonNode list) {
    return Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(i -> list.get(i).asText());
  }

  /** What the control plane sends to a compute; of use for five minutes. */
  public String tokenFor(String computeId) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("compute_id", computeId);
    claims.put("exp", clock.instant().plus(CALL).getEpochSecond());
    return signer.sign(claims);
  }

  @Override
  public String toString() {
    return "ComputeKeys[" + publicKey.keyId() + "]";
  }
}
