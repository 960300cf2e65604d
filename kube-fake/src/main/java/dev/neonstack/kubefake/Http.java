package dev.neonstack.kubefake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** GET requests of one connection, and its change to WebSocket. */
final class Http {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Socket socket;
  private final InputStream in;

  Http(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    socket.setTcpNoDelay(true);
  }

  record Request(String path, String query, Map<String, String> headers) {
    Optional<String> query(String name) {
      return Arrays.stream(query.split("&", -1))
          .filter(pair -> pair.startsWith(name + "="))
          .map(pair -> pair.substring(name.length() + 1))
          .findFirst();
    }
  }

  Socket socket() {
    return socket;
  }

  Optional<Request> read() throws IOException {
    var first = line();
    if (first.isEmpty()) {
      return Optional.empty();
    }
    var headers = new HashMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    var target = first.split(" ", -1)[1].split("\\?", 2);
    return Optional.of(new Request(target[0], target.length > 1 ? target[1] : "", headers));
  }

  private String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  boolean send(int status, JsonNode body) throws IOException {
    var bytes = body.toString().getBytes(StandardCharsets.UTF_8);
    var head =
        "HTTP/1.1 %d Said\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, bytes.length);
    var whole = new ByteArrayOutputStream();
    whole.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    whole.writeBytes(bytes);
    socket.getOutputStream().write(whole.toByteArray());
    return true;
  }

  boolean sendUnchecked(int status, JsonNode body) {
    try {
      return send(status, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Frames upgrade(Request request) throws IOException {
    var key = request.headers().get("sec-websocket-key") + MAGIC;
    try {
      var digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.UTF_8));
      var head =
          """
          HTTP/1.1 101 Switching Protocols\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Accept: %s\r
          Sec-WebSocket-Protocol: %s\r
          \r
          """
              .formatted(
                  Base64.getEncoder().encodeToString(digest),
                  request.headers().get("sec-websocket-protocol"));
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
    return new Frames(in, socket.getOutputStream());
  }
}
