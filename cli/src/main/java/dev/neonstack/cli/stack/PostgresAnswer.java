package dev.neonstack.cli.stack;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Whether a PostgreSQL server takes connections: it asks for a password then. */
final class PostgresAnswer {
  private static final int PROTOCOL = 3 << 16;
  private static final byte ASKS_FOR_PASSWORD = 'R';
  private static final byte[] STARTUP =
      "user\0neonstack\0database\0postgres\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int PATIENCE = (int) Duration.ofSeconds(5).toMillis();

  private PostgresAnswer() {}

  static boolean isGiven(String host, int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE);
      socket.setSoTimeout(PATIENCE);
      var out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(Integer.BYTES + Integer.BYTES + STARTUP.length);
      out.writeInt(PROTOCOL);
      out.write(STARTUP);
      out.flush();
      return new DataInputStream(socket.getInputStream()).readByte() == ASKS_FOR_PASSWORD;
    } catch (IOException refused) {
      return false;
    }
  }
}
