package dev.neonstack.components;

import com.pulumi.test.Mocks.ResourceArgs;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.TokenClaims;
import dev.neonstack.neon.auth.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What the provider answers for keys and tokens; a key depends on its name only. */
final class KeyAnswers {
  private KeyAnswers() {}

  static Map<String, Object> of(ResourceArgs args) {
    return switch (String.valueOf(args.type)) {
      case "neonstack:index:SigningKey" -> key(String.valueOf(args.name));
      case "neonstack:index:Token" -> Map.of("jwt", jwt(args.inputs));
      default -> Map.of();
    };
  }

  private static Map<String, Object> key(String name) {
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(name));
      var pair = generator.generateKeyPair();
      var publicKey = PublicPem.parse(pem("PUBLIC KEY", pair.getPublic().getEncoded()));
      return Map.of(
          "privateKey", pem("PRIVATE KEY", pair.getPrivate().getEncoded()),
          "publicKey", publicKey.text(),
          "keyId", publicKey.keyId());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String pem(String label, byte[] key) {
    var text = Base64.getEncoder().encodeToString(key);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private static String jwt(Map<String, Object> inputs) {
    var claims =
        TokenClaims.of(
            Scope.of((String) inputs.get("scope")).orElseThrow(), (String) inputs.get("subject"));
    var keyId = Optional.ofNullable((String) inputs.get("keyId"));
    return TokenSigner.of((String) inputs.get("privateKey"), keyId).sign(claims);
  }

  /** Gives the same bytes again and again. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] bytes;

    Fixed(String name) throws GeneralSecurityException {
      bytes = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void nextBytes(byte[] target) {
      for (var index = 0; index < target.length; index++) {
        target[index] = bytes[index % bytes.length];
      }
    }
  }
}
