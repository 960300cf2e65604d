package dev.neonstack.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sends back what it is sent, behind a word of its own. */
final class Echo implements AutoCloseable {
  private final ServerSocket listener;
  private final String word;

  Echo(String word) {
    this.word = word;
    try {
      listener = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        var socket = listener.accept();
        daemon(() -> echo(socket));
      }
    } catch (IOException e) {
      return;
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      socket.getOutputStream().write(word.getBytes(StandardCharsets.UTF_8));
      socket.getInputStream().transferTo(socket.getOutputStream());
    } catch (IOException e) {
      return;
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "echo");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
