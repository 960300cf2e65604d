package dev.neonstack.emulator.http;

import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.neon.TenantId;
import java.util.Optional;

/**
 * What the sender of a request may do.
 *
 * @param server whether it may do everything
 * @param tenant else the one tenant it may do something with
 */
record Pass(boolean server, Optional<TenantId> tenant) {
  static Pass everything() {
    return new Pass(true, Optional.empty());
  }

  static Pass of(TenantId tenant) {
    return new Pass(false, Optional.of(tenant));
  }

  static Pass nothing() {
    return new Pass(false, Optional.empty());
  }

  void requireServer() {
    require(server);
  }

  void require(TenantId wanted) {
    require(server || tenant.filter(wanted::equals).isPresent());
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw refused();
    }
  }

  static ApiError refused() {
    return ApiError.plain(403, "Forbidden: JWT authentication error");
  }
}
