package dev.neonstack.neon.auth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.lang.JoseException;

/** The public half of a signing key, as storage reads it. */
public final class PublicPem {
  private final PublicKey key;

  PublicPem(PublicKey key) {
    this.key = key;
  }

  /**
   * Reads a public key.
   *
   * @throws IllegalArgumentException when it is none of Ed25519 in PEM
   */
  public static PublicPem parse(String pem) {
    try {
      var encoded = new X509EncodedKeySpec(Pem.decode("PUBLIC KEY", pem));
      return new PublicPem(KeyFactory.getInstance("Ed25519").generatePublic(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a public key is none of Ed25519", e);
    }
  }

  /** SubjectPublicKeyInfo in PEM. */
  public String text() {
    return Pem.encode("PUBLIC KEY", key.getEncoded());
  }

  PublicKey key() {
    return key;
  }

  /** As a key that verifies, in a JWK set (RFC 8037): computes read keys so. */
  public Map<String, Object> jwk() {
    try {
      var jwk = new LinkedHashMap<String, Object>();
      jwk.putAll(JsonWebKey.Factory.newJwk(key).toParams(OutputControlLevel.PUBLIC_ONLY));
      jwk.put("alg", "EdDSA");
      jwk.put("use", "sig");
      jwk.put("key_ops", List.of("verify"));
      jwk.put("kid", keyId());
      return jwk;
    } catch (JoseException e) {
      throw new IllegalStateException("a key that was read is a JWK", e);
    }
  }

  /** Names the key: its JWK thumbprint (RFC 7638), 43 characters of base64url. */
  public String keyId() {
    try {
      return JsonWebKey.Factory.newJwk(key).calculateBase64urlEncodedThumbprint("SHA-256");
    } catch (JoseException e) {
      throw new IllegalStateException("a key that was read has a thumbprint", e);
    }
  }
}
