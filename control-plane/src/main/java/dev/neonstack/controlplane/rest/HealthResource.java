package dev.neonstack.controlplane.rest;

import dev.neonstack.controlplane.core.Core;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

/** Whether the control plane lives, and whether it can do its work: for anybody who asks. */
final class HealthResource {
  private static final String STATUS = "/neonstack/v1/status";
  private static final String LIVE = "/live";
  private static final String READY = "/ready";

  /** Anybody may ask, so the reason is in the log only: it names files and addresses. */
  private static final String NOT_READY =
      "storage does not answer, or not to this token; the log of the control plane says why";

  private static final int UNAVAILABLE = 503;

  /** What needs no key. */
  static final Set<String> PATHS = Set.of(STATUS, LIVE, READY);

  private final Core core;

  HealthResource(Core core) {
    this.core = core;
  }

  void add(RoutesConfig routes) {
    routes.get(STATUS, this::status);
    routes.get(LIVE, context -> new Request(context).ok(Views.object().put("status", "ok")));
    routes.get(READY, this::ready);
  }

  private void status(Context context) {
    var json = Views.object();
    json.put("status", "ok");
    json.put("pid", ProcessHandle.current().pid());
    json.put("resuming", core.resuming());
    new Request(context).ok(json);
  }

  private void ready(Context context) {
    context.future(() -> core.storageObstacle().thenAccept(obstacle -> answer(context, obstacle)));
  }

  private static void answer(Context context, Optional<String> obstacle) {
    obstacle.ifPresentOrElse(
        why -> Errors.answer(context, UNAVAILABLE, "UNAVAILABLE", NOT_READY),
        () -> new Request(context).ok(Views.object().put("status", "ok")));
  }
}
