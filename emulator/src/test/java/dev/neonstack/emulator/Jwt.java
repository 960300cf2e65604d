package dev.neonstack.emulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.neon.auth.SigningKeyPair;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;

/** Tokens with any claims, the senseless ones too, which no signer of ours would make. */
final class Jwt {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Jwt() {}

  /**
   * A token with these claims; {@code kid} goes into its header, and {@code seconds_over} becomes
   * an end so long ago.
   */
  static String signed(SigningKeyPair key, String claims) {
    try {
      var body = (ObjectNode) JSON.readTree(claims);
      var header = JSON.createObjectNode().put("alg", "EdDSA").put("typ", "JWT");
      if (body.has("kid")) {
        header.set("kid", body.remove("kid"));
      }
      if (body.has("seconds_over")) {
        body.put("exp", Instant.now().getEpochSecond() - body.remove("seconds_over").asLong());
      }
      var text = part(header.toString()) + "." + part(body.toString());
      var signature = Signature.getInstance("Ed25519");
      var encoded = key.privateKey().replaceAll("-----[A-Z ]+-----|\\s", "");
      signature.initSign(
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded))));
      signature.update(text.getBytes(UTF_8));
      return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(claims, e);
    }
  }

  static String unsigned(String claims) {
    return part("{\"alg\":\"none\"}") + "." + part(claims) + ".";
  }

  private static String part(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
