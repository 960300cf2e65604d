package dev.neonstack.emulator.postgres;

import static dev.neonstack.emulator.postgres.WalLayout.PAGE_BYTES;
import static dev.neonstack.emulator.postgres.WalLayout.SEGMENT_BYTES;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Reads WAL records of PostgreSQL 14 to 17 one after the other, also while a server writes them.
 * What is not whole and valid (lengths, checksum, link to the record before) is the end.
 */
final class WalReader implements AutoCloseable {
  private static final int HEADER_BYTES = 24;
  private static final int CRC_OFFSET = 20;
  private static final int RMGR_XLOG = 0;
  private static final int RMGR_XACT = 1;
  private static final int XLOG_SWITCH = 0x40;
  private static final int XLOG_PARAMETER_CHANGE = 0x60;
  private static final int SHARED_TABLESPACE = 1664;

  /** The file of pg_subscription. */
  static final int SUBSCRIPTIONS = 6100;

  private static final int XACT_OPERATION = 0x70;
  private static final int XACT_COMMIT = 0x00;
  private static final int XACT_COMMIT_PREPARED = 0x30;
  private static final int BLOCK_ID_SHORT = 255;
  private static final int BLOCK_ID_LONG = 254;
  private static final int BLOCK_ID_ORIGIN = 253;
  private static final int BLOCK_ID_TOP_XID = 252;
  private static final long EPOCH_2000_MICROS = 946_684_800_000_000L;

  private final WalPage page;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.nativeOrder());
  private long position;
  private long previous;

  /**
   * A reader that begins at the start of a record.
   *
   * @param previous the start of the record before, zero when unknown
   */
  WalReader(WalSource source, Lsn position, Lsn previous) {
    this.page = new WalPage(source);
    this.position = position.value();
    this.previous = previous.value();
  }

  /** The end of the last record that was read. */
  Lsn position() {
    return new Lsn(position);
  }

  /** The start of the last record that was read; zero when unknown. */
  Lsn previous() {
    return new Lsn(previous);
  }

  /** The next record, or empty at the end of what is there now; ask again later. */
  Optional<WalRecord> next() throws IOException {
    var fromMemory = page.isLoaded();
    var record = attempt();
    if (record.isEmpty()) {
      page.invalidate();
      if (fromMemory) {
        record = attempt();
        if (record.isEmpty()) {
          page.invalidate();
        }
      }
    }
    return record;
  }

  private Optional<WalRecord> attempt() throws IOException {
    var start = WalLayout.recordStart(new Lsn(position)).value();
    if (!page.load(start - start % PAGE_BYTES)) {
      return Optional.empty();
    }
    if (start % PAGE_BYTES == page.headerBytes() && page.continuesRecord()) {
      return Optional.empty();
    }
    var length = page.unsignedInt((int) (start % PAGE_BYTES));
    if (length < HEADER_BYTES) {
      return Optional.empty();
    }
    var end = gather(start, length);
    if (end == Gathered.OVERWRITTEN) {
      return attempt();
    }
    if (end < 0 || !isValid()) {
      return Optional.empty();
    }
    position = isSwitch() ? endOfSegment(end) : new Lsn(end).aligned().value();
    previous = start;
    return Optional.of(
        new WalRecord(new Lsn(start), new Lsn(position), commitMicros(), capacity(), subscribes()));
  }

  private static final class Gathered {
    static final long NOT_WHOLE = -1;
    static final long OVERWRITTEN = -2;
  }

  /** Runs over the bytes of a record, page by page; returns its end. */
  private long gather(long start, long length) throws IOException {
    crc.reset();
    head.clear();
    var cursor = start;
    var done = 0L;
    while (done < length) {
      if (cursor % PAGE_BYTES == 0) {
        if (!page.load(cursor)) {
          return Gathered.NOT_WHOLE;
        }
        if (page.overwritesRecord()) {
          // A crash cut the record off; the server went on at this page.
          position = cursor;
          return Gathered.OVERWRITTEN;
        }
        if (!page.continuesRecord() || page.remainingBytes() != length - done) {
          return Gathered.NOT_WHOLE;
        }
        cursor += page.headerBytes();
      }
      var offset = (int) (cursor % PAGE_BYTES);
      var count = (int) Math.min(length - done, PAGE_BYTES - offset);
      take(offset, count, done);
      cursor += count;
      done += count;
    }
    return cursor;
  }

  private void take(int offset, int count, long done) {
    head.put(page.array(), offset, Math.min(count, head.remaining()));
    var skipped = (int) Math.min(count, Math.max(0, HEADER_BYTES - done));
    crc.update(page.array(), offset + skipped, count - skipped);
  }

  private boolean isValid() {
    crc.update(head.array(), 0, CRC_OFFSET);
    return (int) crc.getValue() == head.getInt(CRC_OFFSET)
        && (previous == 0 || head.getLong(8) == previous);
  }

  private boolean isSwitch() {
    return isOfXlog(XLOG_SWITCH);
  }

  private boolean isOfXlog(int kind) {
    return rmgr() == RMGR_XLOG && (info() & 0xF0) == kind;
  }

  /** The first block a record refers to stands behind an image's header or behind none. */
  private boolean subscribes() {
    for (var at : new int[] {HEADER_BYTES + 4, HEADER_BYTES + 9, HEADER_BYTES + 11}) {
      if (head.getInt(at) == SHARED_TABLESPACE
          && head.getInt(at + 4) == 0
          && head.getInt(at + 8) == SUBSCRIPTIONS) {
        return true;
      }
    }
    return false;
  }

  private Optional<Capacity> capacity() {
    return isOfXlog(XLOG_PARAMETER_CHANGE)
        ? Optional.of(Capacity.read(head, mainData()))
        : Optional.empty();
  }

  private static long endOfSegment(long end) {
    return (end + SEGMENT_BYTES - 1) / SEGMENT_BYTES * SEGMENT_BYTES;
  }

  private int rmgr() {
    return head.get(17) & 0xFF;
  }

  private int info() {
    return head.get(16) & 0xFF;
  }

  private OptionalLong commitMicros() {
    var operation = info() & XACT_OPERATION;
    if (rmgr() != RMGR_XACT || (operation != XACT_COMMIT && operation != XACT_COMMIT_PREPARED)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(head.getLong(mainData()) + EPOCH_2000_MICROS);
  }

  /** The records that are looked into refer to no block: only these can stand before the data. */
  private int mainData() {
    var at = HEADER_BYTES;
    while (true) {
      var id = head.get(at) & 0xFF;
      switch (id) {
        case BLOCK_ID_SHORT -> {
          return at + 2;
        }
        case BLOCK_ID_LONG -> {
          return at + 5;
        }
        case BLOCK_ID_ORIGIN -> at += 3;
        case BLOCK_ID_TOP_XID -> at += 5;
        default ->
            throw new IllegalStateException(
                "record at " + new Lsn(previous) + " has a part of unknown kind " + id);
      }
    }
  }

  @Override
  public void close() throws IOException {
    page.close();
  }
}
