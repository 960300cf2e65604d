package dev.neonstack.neon.auth;

import static java.util.Objects.requireNonNull;

import dev.neonstack.neon.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * What a token says of its holder. Storage refuses every token with an audience, so there is none.
 *
 * @param tenant the project, given for scope {@link Scope#TENANT} and for no other
 * @param subject who holds the token; no server looks at it
 * @param expiresAt when it ends, in whole seconds; servers allow 60 s more
 */
public record TokenClaims(
    Scope scope, Optional<TenantId> tenant, Optional<String> subject, Optional<Instant> expiresAt) {

  /** Checks that the project is there when, and only when, the scope is one project's. */
  public TokenClaims {
    requireNonNull(scope, "scope is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(expiresAt, "expiresAt is null");
    if (tenant.isPresent() != (scope == Scope.TENANT)) {
      throw new IllegalArgumentException(
          "a token of scope '"
              + scope.word()
              + (tenant.isPresent() ? "' names a project; only" : "' names no project;")
              + " scope 'tenant' needs one");
    }
  }

  /** Claims of a scope and its holder, without an end. */
  public static TokenClaims of(Scope scope, String subject) {
    return new TokenClaims(scope, Optional.empty(), Optional.of(subject), Optional.empty());
  }
}
