package dev.neonstack.kubefake;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A port-forward as a kubelet does it in the subprotocol {@code v4.channel.k8s.io}. */
final class ForwardedPort {
  private static final byte DATA = 0;
  private static final byte ERROR = 1;
  private static final int CHUNK = 8 << 10;

  private final Frames frames;
  private final String pod;
  private final int port;

  ForwardedPort(Frames frames, String pod, int port) {
    this.frames = frames;
    this.pod = pod;
    this.port = port;
  }

  void carry(Optional<Integer> backend) throws IOException {
    for (var channel : new byte[] {DATA, ERROR}) {
      frames.write(new byte[] {channel, (byte) port, (byte) (port >> 8)});
    }
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), backend.orElse(1))) {
      Threads.daemon(() -> toClient(socket));
      toBackend(socket.getOutputStream());
    } catch (ConnectException e) {
      var text = "error forwarding port " + port + " to pod " + pod + ": connection refused";
      var message = text.getBytes(StandardCharsets.UTF_8);
      var whole = new byte[message.length + 1];
      whole[0] = ERROR;
      System.arraycopy(message, 0, whole, 1, message.length);
      frames.write(whole);
      frames.close();
    }
  }

  private void toBackend(OutputStream backend) throws IOException {
    for (var message = frames.read(); message.isPresent(); message = frames.read()) {
      backend.write(message.get(), 1, message.get().length - 1);
    }
  }

  private void toClient(Socket socket) {
    var chunk = new byte[CHUNK];
    chunk[0] = DATA;
    try {
      for (var n = socket.getInputStream().read(chunk, 1, CHUNK - 1); n > 0; ) {
        frames.write(Arrays.copyOf(chunk, n + 1));
        n = socket.getInputStream().read(chunk, 1, CHUNK - 1);
      }
      frames.close();
    } catch (IOException e) {
      // One of the two sides has gone, which the other is told by its closed connection.
      Threads.close(socket);
    }
  }
}
