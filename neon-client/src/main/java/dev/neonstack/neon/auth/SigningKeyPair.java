package dev.neonstack.neon.auth;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;

/**
 * A new signing key.
 *
 * @param privateKey PKCS#8 in PEM; a secret
 * @param publicKey the half that storage is given
 */
public record SigningKeyPair(String privateKey, PublicPem publicKey) {

  /** Draws a key. */
  public static SigningKeyPair draw() {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new SigningKeyPair(
          Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded()),
          new PublicPem(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime from 15 on has Ed25519", e);
    }
  }

  @Override
  public String toString() {
    return "SigningKeyPair[" + publicKey.keyId() + "]";
  }
}
