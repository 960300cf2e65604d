package dev.neonstack.kube;

import dev.neonstack.kube.ClusterException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * One connection to a pod, in the WebSocket subprotocol {@code v4.channel.k8s.io}: the first byte
 * of a message is its channel, data (0) or errors (1); the first message of a channel is its port.
 */
final class Bridge implements WebSocket.Listener, AutoCloseable {
  private static final String SUBPROTOCOL = "v4.channel.k8s.io";
  private static final Duration CONNECT = Duration.ofSeconds(20);
  private static final int DATA = 0;
  private static final int PORT_BYTES = 2;
  private static final int CHUNK = 32 << 10;
  private static final int PING_MILLIS = 20_000;

  private final PodPort target;
  private final int[] headerLeft = {PORT_BYTES, PORT_BYTES};
  private final ByteArrayOutputStream complaint = new ByteArrayOutputStream();
  private final CompletableFuture<Socket> local = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private boolean startsMessage = true;
  private int channel;
  private volatile WebSocket remote;
  private volatile Optional<ClusterException> problem = Optional.empty();

  private Bridge(PodPort target) {
    this.target = target;
  }

  static Bridge open(Cluster cluster, PodPort target) {
    var bridge = new Bridge(target);
    var builder =
        cluster.http().newWebSocketBuilder().subprotocols(SUBPROTOCOL).connectTimeout(CONNECT);
    cluster.headers().forEach(builder::header);
    try {
      bridge.remote = builder.buildAsync(cluster.webSocket(target.path()), bridge).get();
      return bridge;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refusal) {
        var status = refusal.getResponse().statusCode();
        throw cluster.refused("to forward to " + target, status);
      }
      throw cluster.unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cluster.unreachable(e);
    }
  }

  Optional<ClusterException> problem() {
    return problem;
  }

  /** Carries bytes both ways until either side ends. */
  void carry(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PING_MILLIS);
    local.complete(socket);
    var message = new byte[CHUNK + 1];
    message[0] = DATA;
    while (ended.getCount() > 0) {
      try {
        var count = socket.getInputStream().read(message, 1, CHUNK);
        if (count < 0) {
          return;
        }
        remote.sendBinary(ByteBuffer.wrap(message, 0, count + 1), true).join();
      } catch (SocketTimeoutException e) {
        // Load balancers cut what is silent for long.
        remote.sendPing(ByteBuffer.allocate(0)).join();
      } catch (IOException | CompletionException e) {
        if (ended.getCount() > 0) {
          fail("broke", e);
        }
        return;
      }
    }
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    if (startsMessage && data.hasRemaining()) {
      channel = data.get() & 0xff;
    }
    startsMessage = last;
    if (channel < headerLeft.length) {
      while (headerLeft[channel] > 0 && data.hasRemaining()) {
        data.get();
        headerLeft[channel]--;
      }
    }
    var bytes = new byte[data.remaining()];
    data.get(bytes);
    return deliver(bytes).thenRun(() -> socket.request(1));
  }

  private CompletionStage<Void> deliver(byte[] bytes) {
    if (bytes.length == 0) {
      return CompletableFuture.completedFuture(null);
    }
    if (channel != DATA) {
      complaint.writeBytes(bytes);
      fail("broke: " + complaint.toString(StandardCharsets.UTF_8).strip(), null);
      return CompletableFuture.completedFuture(null);
    }
    return local.thenAccept(
        socket -> {
          try {
            socket.getOutputStream().write(bytes);
          } catch (IOException e) {
            close();
          }
        });
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
    end();
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    fail("broke", error);
  }

  private void fail(String what, Throwable cause) {
    var sentence = "the connection to " + target + " " + what;
    problem = Optional.of(new ClusterException(Kind.UNREACHABLE, sentence, cause));
    close();
  }

  private void end() {
    ended.countDown();
    Optional.ofNullable(local.getNow(null)).ifPresent(this::close);
  }

  private void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      problem = Optional.of(new ClusterException(Kind.UNREACHABLE, "closing failed", e));
    }
  }

  @Override
  public void close() {
    end();
    Optional.ofNullable(remote).ifPresent(WebSocket::abort);
  }
}
