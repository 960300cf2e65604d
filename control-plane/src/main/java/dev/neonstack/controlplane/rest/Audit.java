package dev.neonstack.controlplane.rest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of every request that may change something who asked, what for, and what it was answered. It
 * holds no body and no query, and so no secret.
 */
final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);
  private static final Set<HandlerType> CHANGES =
      Set.of(HandlerType.POST, HandlerType.PUT, HandlerType.PATCH, HandlerType.DELETE);

  private Audit() {}

  static void add(RoutesConfig routes) {
    routes.after(Audit::note);
  }

  private static void note(Context context) {
    if (CHANGES.contains(context.method())) {
      LOG.info(
          "{} {} by {}: {}",
          context.method(),
          shown(context.path()),
          context.ip(),
          context.statusCode());
    }
  }

  /** Names of roles and databases may hold any character. */
  private static String shown(String path) {
    return path.replaceAll("\\p{Cntrl}", "?");
  }
}
