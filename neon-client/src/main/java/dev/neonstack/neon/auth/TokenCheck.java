package dev.neonstack.neon.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Reads tokens as a storage server does: signed by any key that is accepted, and no other. */
public final class TokenCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AlgorithmConstraints ED25519 =
      new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA);

  /** The library would skip what is no character of base64url. */
  private static final Pattern FORM = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  /** How long servers of storage take a token after its end. */
  private static final long LEEWAY_SECONDS = 60;

  private final List<PublicPem> accepted;

  /** Accepts what any of these keys signed. */
  public TokenCheck(Collection<PublicPem> accepted) {
    this.accepted = List.copyOf(accepted);
  }

  /** The claims of a token; empty when no accepted key signed it. */
  public Optional<JsonNode> claims(String token) {
    return FORM.matcher(token).matches()
        ? accepted.stream().flatMap(key -> claims(token, key).stream()).findFirst()
        : Optional.empty();
  }

  /** The same of a token that has not ended. An end that is a text counts as none. */
  public Optional<JsonNode> claimsAt(String token, Instant now) {
    return claims(token)
        .filter(
            claims -> {
              var end = claims.path("exp");
              return !end.isNumber() || end.asLong() + LEEWAY_SECONDS >= now.getEpochSecond();
            });
  }

  private static Optional<JsonNode> claims(String token, PublicPem key) {
    try {
      var signed = new JsonWebSignature();
      signed.setAlgorithmConstraints(ED25519);
      signed.setCompactSerialization(token);
      signed.setKey(key.key());
      return signed.verifySignature()
          ? Optional.of(JSON.readTree(signed.getPayload()))
          : Optional.empty();
    } catch (JoseException | JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
