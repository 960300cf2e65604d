package dev.neonstack.kubefake;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** WebSocket frames (RFC 6455) as a server reads and writes them. */
final class Frames {
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int SHORT = 126;
  private static final int LONG = 127;

  private final DataInputStream in;
  private final OutputStream out;

  Frames(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /** The next message's frame; empty at the end. */
  Optional<byte[]> read() throws IOException {
    try {
      while (true) {
        var kind = in.readUnsignedByte() & 0x0f;
        var payload = payload();
        if (kind == CLOSE) {
          return Optional.empty();
        }
        if (kind == PING) {
          write(PONG, payload);
        } else if (kind != PONG) {
          return Optional.of(payload);
        }
      }
    } catch (EOFException e) {
      return Optional.empty();
    }
  }

  private byte[] payload() throws IOException {
    var size = in.readUnsignedByte() & 0x7f;
    if (size == SHORT) {
      size = in.readUnsignedShort();
    } else if (size == LONG) {
      size = (int) in.readLong();
    }
    var mask = in.readNBytes(4);
    var payload = in.readNBytes(size);
    for (var index = 0; index < payload.length; index++) {
      payload[index] ^= mask[index % 4];
    }
    return payload;
  }

  void write(byte[] message) throws IOException {
    write(BINARY, message);
  }

  private synchronized void write(int kind, byte[] payload) throws IOException {
    var head = ByteBuffer.allocate(4 + payload.length);
    head.put((byte) (0x80 | kind));
    if (payload.length < SHORT) {
      head.put((byte) payload.length);
    } else {
      head.put((byte) SHORT).putShort((short) payload.length);
    }
    head.put(payload).flip();
    out.write(head.array(), 0, head.limit());
    out.flush();
  }

  void close() throws IOException {
    write(CLOSE, new byte[] {3, (byte) 0xe8});
  }
}
