package dev.neonstack.neon.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** The public half of a signing key, as storage reads it. */
public final class PublicPem {
  private static final int KEY_BYTES = 32;

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

  /** Names the key: its JWK thumbprint (RFC 7638), 43 characters of base64url. */
  public String keyId() {
    var encoded = key.getEncoded();
    var point = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    var jwk = new ByteArrayOutputStream();
    jwk.writeBytes(
        "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"".getBytes(StandardCharsets.UTF_8));
    jwk.writeBytes(base64(point));
    jwk.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
    try {
      var thumbprint = MessageDigest.getInstance("SHA-256").digest(jwk.toByteArray());
      return new String(base64(thumbprint), StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static byte[] base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encode(bytes);
  }
}
