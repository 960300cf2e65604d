package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * What {@code global/pg_control} says of a data directory.
 *
 * @param shutDown whether the server ended in an orderly way
 * @param checkpoint where the last checkpoint's record begins
 * @param redo where a recovery from that checkpoint begins
 * @param capacity what the server that wrote it had, and a recovery needs
 */
record ControlFile(boolean shutDown, Lsn checkpoint, Lsn redo, Capacity capacity) {
  private static final int STATE_OFFSET = 16;
  private static final int CHECKPOINT_OFFSET = 32;
  private static final int REDO_OFFSET = 40;
  private static final int CAPACITY_OFFSET = 180;
  private static final int SHUT_DOWN = 1;
  private static final int IN_PRODUCTION = 6;
  private static final int LEAST_CRC_OFFSET = 200;
  private static final int GREATEST_CRC_OFFSET = 400;
  private static final int ATTEMPTS = 5;

  static ControlFile read(Path dataDirectory) throws IOException {
    var bytes = load(file(dataDirectory));
    return new ControlFile(
        bytes.getInt(STATE_OFFSET) == SHUT_DOWN,
        new Lsn(bytes.getLong(CHECKPOINT_OFFSET)),
        new Lsn(bytes.getLong(REDO_OFFSET)),
        Capacity.read(bytes, CAPACITY_OFFSET));
  }

  /**
   * Makes the next start recover from the last checkpoint, as after a crash.
   *
   * @param capacity what the WAL to be replayed needs
   */
  static void requireRecovery(Path dataDirectory, Capacity capacity) throws IOException {
    var file = file(dataDirectory);
    var bytes = load(file);
    var crcOffset = crcOffset(bytes);
    bytes.putInt(STATE_OFFSET, IN_PRODUCTION);
    capacity.and(Capacity.read(bytes, CAPACITY_OFFSET)).write(bytes, CAPACITY_OFFSET);
    bytes.putInt(crcOffset, crc(bytes, crcOffset));
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(bytes.rewind(), 0);
    }
  }

  private static Path file(Path dataDirectory) {
    return dataDirectory.resolve("global/pg_control");
  }

  /** A running server may be in the middle of writing, so that a bad checksum is read again. */
  private static ByteBuffer load(Path file) throws IOException {
    for (var attempt = 1; ; attempt++) {
      var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
      if (crcOffset(bytes) > 0) {
        return bytes;
      }
      if (attempt == ATTEMPTS) {
        throw new IOException(file + " is damaged: no checksum in it fits");
      }
    }
  }

  /** The place of the checksum differs between versions: it is where the bytes before give it. */
  private static int crcOffset(ByteBuffer bytes) {
    var greatest = Math.min(GREATEST_CRC_OFFSET, bytes.capacity() - Integer.BYTES);
    for (var offset = LEAST_CRC_OFFSET; offset <= greatest; offset += Integer.BYTES) {
      if (crc(bytes, offset) == bytes.getInt(offset)) {
        return offset;
      }
    }
    return -1;
  }

  private static int crc(ByteBuffer bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes.duplicate().position(0).limit(length));
    return (int) crc.getValue();
  }
}
