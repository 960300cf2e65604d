package dev.neonstack.emulator.postgres;

import dev.neonstack.neon.Lsn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A stretch of WAL that begins where the recovery of a base does and ends behind a whole record.
 *
 * @param begin where recovery begins
 * @param end the end of the last record
 * @param last where that record begins
 * @param capacity what replaying it needs
 * @param subscribes whether it writes to the list of subscriptions
 */
record WalCut(Lsn begin, Lsn end, Lsn last, Capacity capacity, boolean subscribes) {

  /** The stretch up to the last record that ends at the limit or before; to the end if empty. */
  static WalCut at(Lsn redo, WalSource source, Optional<Lsn> limit) throws IOException {
    var end = redo;
    var last = Lsn.ZERO;
    var capacity = Capacity.NONE;
    var subscribes = false;
    try (var reader = new WalReader(source, redo, Lsn.ZERO)) {
      for (var record = reader.next(); record.isPresent(); record = reader.next()) {
        var found = record.get();
        if (limit.filter(found.end()::isAfter).isPresent()) {
          break;
        }
        end = found.end();
        last = found.start();
        capacity = found.capacity().map(capacity::and).orElse(capacity);
        subscribes |= found.subscribes();
      }
    }
    if (last.equals(Lsn.ZERO)) {
      throw new IOException("the WAL has no valid record at " + redo);
    }
    return new WalCut(redo, end, last, capacity, subscribes);
  }

  /**
   * Puts the stretch into a directory: whole segments as links, as nobody writes to them any more,
   * the last one as a copy that is zero behind the end.
   */
  void takeOver(WalSource source, Path directory) throws IOException {
    var lastSegment = WalLayout.segment(new Lsn(end.value() - 1));
    for (var number = WalLayout.segment(begin); number <= lastSegment; number++) {
      var segment = number;
      var from =
          source
              .segment(number)
              .orElseThrow(
                  () ->
                      new IOException(
                          "WAL segment " + WalLayout.fileName(segment) + " is missing"));
      var to = directory.resolve(WalLayout.fileName(number));
      var length = end.value() - WalLayout.startOf(number).value();
      if (length >= WalLayout.SEGMENT_BYTES) {
        link(from, to);
      } else {
        copyBeginning(from, to, (int) length);
      }
    }
  }

  private static void link(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (UnsupportedOperationException | java.nio.file.FileSystemException e) {
      Files.copy(from, to);
    }
  }

  private static void copyBeginning(Path from, Path to, int length) throws IOException {
    var bytes = ByteBuffer.allocate(WalLayout.SEGMENT_BYTES);
    try (var input = FileChannel.open(from, StandardOpenOption.READ)) {
      bytes.limit(length);
      while (bytes.hasRemaining() && input.read(bytes) >= 0) {}
    }
    bytes.rewind().limit(WalLayout.SEGMENT_BYTES);
    try (var output =
        FileChannel.open(to, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      while (bytes.hasRemaining()) {
        output.write(bytes);
      }
    }
  }
}
