package dev.neonstack.neon.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads tokens as a storage server does: signed by any key that is accepted, and no other. */
public final class TokenCheck {
  private static final int PARTS = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<PublicPem> accepted;

  /** Accepts what any of these keys signed. */
  public TokenCheck(Collection<PublicPem> accepted) {
    this.accepted = List.copyOf(accepted);
  }

  /** The claims of a token; empty when no accepted key signed it. */
  public Optional<JsonNode> claims(String token) {
    var parts = token.split("\\.", -1);
    try {
      if (parts.length != PARTS || !"EdDSA".equals(json(parts[0]).path("alg").asText())) {
        return Optional.empty();
      }
      var signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      var signature = Base64.getUrlDecoder().decode(parts[2]);
      return accepted.stream().anyMatch(key -> verifies(key, signed, signature))
          ? Optional.of(json(parts[1]))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JsonNode json(String part) throws IOException {
    return JSON.readTree(Base64.getUrlDecoder().decode(part));
  }

  private static boolean verifies(PublicPem key, byte[] signed, byte[] signature) {
    try {
      var check = Signature.getInstance("Ed25519");
      check.initVerify(key.key());
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
