package dev.neonstack.it.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * What listens in the pods of the test cluster: a server of this process for each port, whichever
 * pod is asked. kwok forwards the ports here; until somebody plays a part they answer 503.
 */
final class PodServers implements AutoCloseable {
  static final int CONTROLLER = 50051;
  static final int PAGESERVER = 9898;
  static final int SAFEKEEPER = 7676;
  static final int CONTROL_PLANE_API = 9899;
  static final int CONTROL_PLANE = 8080;
  private static final int NOBODY = 503;

  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "pod-server");
            thread.setDaemon(true);
            return thread;
          });
  private final Map<Integer, HttpHandler> parts = new ConcurrentHashMap<>();
  private final Map<Integer, HttpServer> servers = new LinkedHashMap<>();
  private final String forwards;

  PodServers() throws IOException {
    var lines = new ArrayList<String>();
    for (var port : List.of(CONTROLLER, PAGESERVER, SAFEKEEPER, CONTROL_PLANE_API, CONTROL_PLANE)) {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      var server = HttpServer.create(address, 0);
      server.setExecutor(threads);
      server.createContext(
          "/", exchange -> parts.getOrDefault(port, PodServers::refuse).handle(exchange));
      server.start();
      servers.put(port, server);
      lines.add(
          "    - {ports: [%d], target: {address: 127.0.0.1, port: %d}}"
              .formatted(port, server.getAddress().getPort()));
    }
    forwards = lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  /** How kwok is told of them. */
  String manifest() {
    return """
    ---
    apiVersion: kwok.x-k8s.io/v1alpha1
    kind: ClusterPortForward
    metadata: {name: pods}
    spec:
      forwards:
    """
        + forwards;
  }

  /** Where the port of pods is, for those who need no port-forward. */
  URI url(int port) {
    return URI.create("http://127.0.0.1:" + servers.get(port).getAddress().getPort());
  }

  void play(int port, HttpHandler part) {
    parts.put(port, part);
  }

  void rest() {
    parts.clear();
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(NOBODY, -1);
    }
  }

  @Override
  public void close() {
    servers.values().forEach(server -> server.stop(0));
    threads.shutdownNow();
  }
}
