package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.TokenCheck;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lets only the bearers of tokens in that one key signed, save to what tells whether the server
 * lives. What a bearer may do there is for its {@link Pass} to say.
 */
final class Gatekeeper {
  private static final String SCHEME = "Bearer ";
  private static final Set<String> OPEN = Set.of("/v1/status", "/metrics");

  /** A scope that pageservers know and give nothing to. */
  private static final String POWERLESS = "tenantendpoint";

  private final TokenCheck accepted;

  Gatekeeper(PublicPem key) {
    this.accepted = new TokenCheck(List.of(key));
  }

  Pass admit(String path, String header) {
    if (OPEN.contains(path)) {
      return Pass.everything();
    }
    if (header == null) {
      throw ApiError.plain(401, "Unauthorized: missing authorization header");
    }
    if (!header.startsWith(SCHEME)) {
      throw ApiError.plain(401, "Unauthorized: malformed authorization header");
    }
    return accepted
        .claimsAt(header.substring(SCHEME.length()).stripTrailing(), Instant.now())
        .filter(claims -> !claims.has("aud")) // every audience is somebody else
        .flatMap(Gatekeeper::pass)
        .orElseThrow(Pass::refused);
  }

  private static Optional<Pass> pass(JsonNode claims) {
    var word = claims.path("scope").asText();
    if (word.equals(POWERLESS)) {
      return Optional.of(Pass.nothing());
    }
    return Scope.of(word)
        .flatMap(
            scope ->
                switch (scope) {
                  case PAGESERVERAPI -> Optional.of(Pass.everything());
                  case TENANT -> tenant(claims.path("tenant_id").asText()).map(Pass::of);
                  case SAFEKEEPERDATA, GENERATIONS_API, ADMIN, INFRA, SCRUBBER, CONTROLLER_PEER ->
                      Optional.of(Pass.nothing());
                });
  }

  private static Optional<TenantId> tenant(String text) {
    try {
      return Optional.of(TenantId.of(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
