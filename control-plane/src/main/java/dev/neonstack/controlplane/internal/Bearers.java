package dev.neonstack.controlplane.internal;

import dev.neonstack.neon.auth.PublicPem;
import dev.neonstack.neon.auth.Scope;
import dev.neonstack.neon.auth.TokenCheck;
import dev.neonstack.web.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in who has a token of one scope that one key signed. The key is read for every call, so that
 * another one needs no restart. Refusals have the statuses of Neon's own servers.
 */
final class Bearers {
  private static final Logger LOG = LoggerFactory.getLogger(Bearers.class);
  private static final String SCHEME = "Bearer ";
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private final Optional<Path> keyFile;
  private final Scope scope;
  private final InstantSource clock;

  /**
   * Whoever has such a token.
   *
   * @param keyFile with the public key; without one nobody is let in
   */
  Bearers(Optional<Path> keyFile, Scope scope, InstantSource clock) {
    this.keyFile = keyFile;
    this.scope = scope;
    this.clock = clock;
  }

  Optional<Refusal> refusal(Request request) {
    var header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    if (header == null) {
      return refused(UNAUTHORISED, "UNAUTHORIZED", "the request has no token");
    }
    if (!header.startsWith(SCHEME)) {
      return refused(UNAUTHORISED, "UNAUTHORIZED", "the request's token is no bearer token");
    }
    if (keyFile.isEmpty()) {
      return refused(FORBIDDEN, "FORBIDDEN", "no key is given whose tokens are taken here");
    }
    try {
      return isTaken(header.substring(SCHEME.length()).stripTrailing())
          ? Optional.empty()
          : refused(FORBIDDEN, "FORBIDDEN", "the request's token is not taken here");
    } catch (IOException | IllegalArgumentException e) {
      LOG.error("No call is answered, as {} cannot be used: {}", keyFile.get(), e.toString());
      return refused(UNAVAILABLE, "UNAVAILABLE", "tokens cannot be checked now; the log says why");
    }
  }

  private boolean isTaken(String token) throws IOException {
    var key = PublicPem.parse(Files.readString(keyFile.orElseThrow()));
    return new TokenCheck(List.of(key))
        .claimsAt(token, clock.instant())
        .filter(claims -> claims.path("scope").asText().equals(scope.word()))
        .isPresent();
  }

  private static Optional<Refusal> refused(int status, String code, String message) {
    return Optional.of(new Refusal(status, code, message));
  }
}
