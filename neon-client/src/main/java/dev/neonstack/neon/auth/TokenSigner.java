package dev.neonstack.neon.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Signs tokens. Equal claims give the equal token, as Ed25519 draws nothing at random. */
public final class TokenSigner {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrivateKey key;
  private final Optional<String> keyId;

  private TokenSigner(PrivateKey key, Optional<String> keyId) {
    this.key = key;
    this.keyId = keyId;
  }

  /**
   * A signer with this key.
   *
   * @param privateKey PKCS#8 in PEM
   * @param keyId what tokens say they are signed with; no server needs it
   * @throws IllegalArgumentException when it is no Ed25519 key; the message does not hold it
   */
  public static TokenSigner of(String privateKey, Optional<String> keyId) {
    try {
      var encoded = new PKCS8EncodedKeySpec(Pem.decode("PRIVATE KEY", privateKey));
      return new TokenSigner(KeyFactory.getInstance("Ed25519").generatePrivate(encoded), keyId);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a private key is none of Ed25519", e);
    }
  }

  /** A JWT. */
  public String sign(TokenClaims claims) {
    var body = new LinkedHashMap<String, Object>();
    body.put("scope", claims.scope().word());
    claims.tenant().ifPresent(tenant -> body.put("tenant_id", tenant.value()));
    claims.subject().ifPresent(subject -> body.put("sub", subject));
    claims.expiresAt().ifPresent(end -> body.put("exp", end.getEpochSecond()));
    return sign(body);
  }

  /**
   * A JWT with claims that no storage server takes.
   *
   * @param body the claims, in their order
   */
  public String sign(Map<String, ?> body) {
    var token = new JsonWebSignature();
    token.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
    token.setHeader("typ", "JWT");
    keyId.ifPresent(token::setKeyIdHeaderValue);
    token.setKey(key);
    try {
      token.setPayload(JSON.writeValueAsString(body));
      return token.getCompactSerialization();
    } catch (JsonProcessingException | JoseException e) {
      throw new IllegalStateException("signing with a key that was read cannot fail", e);
    }
  }
}
