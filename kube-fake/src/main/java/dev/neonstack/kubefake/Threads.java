package dev.neonstack.kubefake;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

final class Threads {
  private Threads() {}

  static void daemon(Runnable work) {
    var thread = new Thread(work, "fake-api-server");
    thread.setDaemon(true);
    thread.start();
  }

  static void close(Closeable thing) {
    try {
      thing.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
