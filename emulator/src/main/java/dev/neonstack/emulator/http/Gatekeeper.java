package dev.neonstack.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.neonstack.emulator.meta.ApiError;
import java.security.MessageDigest;
import java.util.Set;

/** Lets only the bearers of one token in, save to what tells whether the server lives. */
final class Gatekeeper {
  private static final String SCHEME = "Bearer ";
  private static final Set<String> OPEN = Set.of("/v1/status", "/metrics");

  private final byte[] token;

  Gatekeeper(String token) {
    this.token = token.getBytes(UTF_8);
  }

  void check(String path, String header) {
    if (OPEN.contains(path)) {
      return;
    }
    if (header == null) {
      throw ApiError.plain(401, "Unauthorized: missing authorization header");
    }
    if (!header.startsWith(SCHEME)) {
      throw ApiError.plain(401, "Unauthorized: malformed authorization header");
    }
    var given = header.substring(SCHEME.length()).stripTrailing().getBytes(UTF_8);
    if (!MessageDigest.isEqual(given, token)) {
      throw ApiError.plain(403, "Forbidden: JWT authentication error");
    }
  }
}
