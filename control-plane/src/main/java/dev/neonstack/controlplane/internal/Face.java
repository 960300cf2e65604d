package dev.neonstack.controlplane.internal;

import dev.neonstack.web.Refusal;
import io.javalin.config.RoutesConfig;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** What one kind of caller may call. */
interface Face {
  /** Whether the path is one of its own. */
  boolean has(String path);

  /** Why a request to a path of its own is not answered; empty when it is. */
  Optional<Refusal> refusal(Request request);

  /** Adds what is at its paths. */
  void add(RoutesConfig routes);
}
