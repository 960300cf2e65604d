package dev.neonstack.emulator.postgres;

import static dev.neonstack.emulator.postgres.WalLayout.LONG_HEADER_BYTES;
import static dev.neonstack.emulator.postgres.WalLayout.PAGE_BYTES;
import static dev.neonstack.emulator.postgres.WalLayout.SEGMENT_BYTES;
import static dev.neonstack.emulator.postgres.WalLayout.SHORT_HEADER_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A window on one page of WAL, kept until another page is asked for. */
final class WalPage implements AutoCloseable {
  private static final Set<Integer> MAGICS = Set.of(0xD10D, 0xD110, 0xD113, 0xD116);
  private static final int CONTINUES_RECORD = 0x1;
  private static final int LONG_HEADER = 0x2;
  private static final int OVERWRITES_RECORD = 0x8;
  private static final long NONE = -1;

  private final WalSource source;
  private final ByteBuffer bytes = ByteBuffer.allocate(PAGE_BYTES).order(ByteOrder.nativeOrder());
  private FileChannel channel;
  private long segment = NONE;
  private long address = NONE;

  WalPage(WalSource source) {
    this.source = source;
  }

  /** Forgets what was read, because a running server may have written more. */
  void invalidate() {
    address = NONE;
  }

  boolean isLoaded() {
    return address != NONE;
  }

  /** Moves to the page at an address; false when there is no valid one. */
  boolean load(long wanted) throws IOException {
    if (address == wanted) {
      return true;
    }
    address = NONE;
    if (!open(wanted / SEGMENT_BYTES)) {
      return false;
    }
    bytes.clear();
    var offset = wanted % SEGMENT_BYTES;
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        return false;
      }
    }
    var valid = MAGICS.contains(bytes.getShort(0) & 0xFFFF) && bytes.getLong(8) == wanted;
    address = valid ? wanted : NONE;
    return valid;
  }

  private boolean open(long wanted) throws IOException {
    if (segment == wanted) {
      return true;
    }
    close();
    var path = source.segment(wanted);
    if (path.isEmpty()) {
      return false;
    }
    try {
      channel = FileChannel.open(path.get(), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      return false;
    }
    segment = wanted;
    return true;
  }

  int headerBytes() {
    return (flags() & LONG_HEADER) != 0 ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES;
  }

  boolean continuesRecord() {
    return (flags() & CONTINUES_RECORD) != 0;
  }

  boolean overwritesRecord() {
    return (flags() & OVERWRITES_RECORD) != 0;
  }

  /** Bytes that a record begun on an earlier page still has. */
  long remainingBytes() {
    return bytes.getInt(16) & 0xFFFF_FFFFL;
  }

  private int flags() {
    return bytes.getShort(2);
  }

  long unsignedInt(int offset) {
    return bytes.getInt(offset) & 0xFFFF_FFFFL;
  }

  byte[] array() {
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    segment = NONE;
    address = NONE;
    if (channel != null) {
      channel.close();
    }
  }
}
