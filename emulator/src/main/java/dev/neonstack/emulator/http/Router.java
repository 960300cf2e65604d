package dev.neonstack.emulator.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what serves a method and a path; a segment that begins with a colon is a name. */
final class Router {

  private static final String TENANT = ":tenant";

  /** Serves one kind of request. */
  @FunctionalInterface
  interface Handler {
    Answer handle(Call call);
  }

  /** What serves a request, and the names its path gave. */
  record Match(Handler handler, Map<String, String> names) {}

  private record Route(String method, List<String> segments, Handler handler) {}

  private final List<Route> routes = new ArrayList<>();

  /** For those who may do with the tenant in the path, or else with the server, what they like. */
  Router add(String method, String path, Handler handler) {
    var ofTenant = segments(path).contains(TENANT);
    return addUnguarded(
        method,
        path,
        call -> {
          if (ofTenant) {
            call.tenant();
          } else {
            call.pass().requireServer();
          }
          return handler.handle(call);
        });
  }

  /** For everybody; the handler itself looks at what the sender may do. */
  Router addUnguarded(String method, String path, Handler handler) {
    routes.add(new Route(method, segments(path), handler));
    return this;
  }

  Optional<Match> find(String method, String path) {
    var segments = segments(path);
    return routes.stream()
        .filter(route -> route.method().equals(method))
        .flatMap(route -> match(route, segments).stream())
        .findFirst();
  }

  private static List<String> segments(String path) {
    var trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(trimmed.split("/", -1));
  }

  private static Optional<Match> match(Route route, List<String> segments) {
    var wanted = route.segments();
    if (wanted.size() != segments.size()) {
      return Optional.empty();
    }
    var names = new HashMap<String, String>();
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).startsWith(":")) {
        names.put(wanted.get(i).substring(1), segments.get(i));
      } else if (!wanted.get(i).equals(segments.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(route.handler(), names));
  }
}
