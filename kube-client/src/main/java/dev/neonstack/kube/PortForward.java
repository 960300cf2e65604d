package dev.neonstack.kube;

import dev.neonstack.kube.ClusterException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A port of this machine whose connections go to a pod. Every connection looks for a pod of its
 * own, so that it finds the next one when a pod has gone. Only this machine can connect to it.
 */
public final class PortForward implements AutoCloseable {
  private final Cluster cluster;
  private final PodPort.Finder finder;
  private final ServerSocket listener;
  private final Map<Bridge, Boolean> bridges = new ConcurrentHashMap<>();
  private volatile Optional<ClusterException> problem = Optional.empty();

  private PortForward(Cluster cluster, PodPort.Finder finder) {
    this.cluster = cluster;
    this.finder = finder;
    try {
      this.listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new ClusterException(Kind.UNREACHABLE, "no port of this machine is free", e);
    }
    daemon(this::accept);
  }

  /**
   * Forwards to a ready pod behind a Service.
   *
   * @param port port of the Service
   * @throws ClusterException when no connection can be made right now
   */
  public static PortForward toService(Cluster cluster, String namespace, String name, int port) {
    return tried(new PortForward(cluster, PodPort.ofService(namespace, name, port)));
  }

  /**
   * Forwards to a pod.
   *
   * @param port port the pod listens on
   * @throws ClusterException when no connection can be made right now
   */
  public static PortForward toPod(Cluster cluster, String namespace, String name, int port) {
    return tried(new PortForward(cluster, PodPort.ofPod(namespace, name, port)));
  }

  private static PortForward tried(PortForward forward) {
    try {
      forward.tryOut();
      return forward;
    } catch (ClusterException e) {
      forward.close();
      throw e;
    }
  }

  private void tryOut() {
    Bridge.open(cluster, finder.find(cluster)).close();
  }

  /**
   * Does nothing while connections are well; after one that was not, tries another.
   *
   * @throws ClusterException when that one cannot be made either
   */
  public void check() {
    if (problem.isPresent()) {
      tryOut();
      problem = Optional.empty();
    }
  }

  /** Where it listens, for HTTP. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /** Why the last connection could not be made or broke; empty when it was well. */
  public Optional<ClusterException> problem() {
    return problem;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        daemon(() -> serve(socket));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          problem = Optional.of(broken(e));
        }
      }
    }
  }

  private static ClusterException broken(IOException cause) {
    return new ClusterException(Kind.UNREACHABLE, "a port-forward of this machine broke", cause);
  }

  private void serve(Socket socket) {
    try (socket) {
      var bridge = Bridge.open(cluster, finder.find(cluster));
      bridges.put(bridge, true);
      try {
        bridge.carry(socket);
        problem = bridge.problem();
      } finally {
        bridges.remove(bridge);
        bridge.close();
      }
    } catch (ClusterException e) {
      problem = Optional.of(e);
    } catch (IOException e) {
      problem = Optional.of(broken(e));
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "port-forward");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      problem = Optional.of(broken(e));
    }
    Set.copyOf(bridges.keySet()).forEach(Bridge::close);
  }
}
