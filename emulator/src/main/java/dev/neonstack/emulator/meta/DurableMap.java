package dev.neonstack.emulator.meta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A map from keys to JSON in one file, where {@link #commit} returns when the change survives a
 * crash. The file is a log: a line is a checksum and a list of changes, made together or not at
 * all. Threads that commit at the same time share one line and one flush. A line is written only
 * when the one before it is on disk, so only the last can be torn, and a torn line was never
 * acknowledged. The log is rewritten when most of it is history.
 */
public final class DurableMap implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DurableMap.class);
  private static final int REWRITE_CHUNK = 500;
  private static final int HISTORY_ALLOWED = 5_000;
  private static final int CHECKSUM_DIGITS = 8;

  private final Path file;
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, JsonNode> entries = new LinkedHashMap<>();
  private final ArrayDeque<Ticket> waiting = new ArrayDeque<>();
  private final ReentrantLock writing = new ReentrantLock();
  private FileChannel claim;
  private RandomAccessFile log;
  private long length;
  private long changesInLog;
  private boolean suspect;

  /** A key with its new value, or without one when it goes. */
  public record Change(String key, Optional<JsonNode> value) {}

  private static final class Ticket {
    private final List<Change> changes;
    private boolean done;
    private Optional<IOException> failure = Optional.empty();

    Ticket(List<Change> changes) {
      this.changes = changes;
    }
  }

  private DurableMap(Path file) {
    this.file = file;
  }

  /**
   * Opens the file, or makes it.
   *
   * @throws IllegalStateException when the file is damaged anywhere but in its last line, or is
   *     open already
   */
  public static DurableMap open(Path file) {
    var map = new DurableMap(file);
    map.claim();
    try {
      Files.deleteIfExists(map.successor());
      if (Files.exists(file)) {
        map.load();
      }
      map.rewrite();
      return map;
    } catch (IOException e) {
      map.release();
      throw new UncheckedIOException("cannot open " + file + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      map.release();
      throw e;
    }
  }

  /** A copy of what is in the map. */
  public Map<String, JsonNode> entries() {
    writing.lock();
    try {
      return new LinkedHashMap<>(entries);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Makes the changes, all or none, and returns when they are on disk.
   *
   * @throws UncheckedIOException when they could not be written; then none is made
   */
  public void commit(List<Change> changes) {
    var ticket = new Ticket(List.copyOf(changes));
    synchronized (waiting) {
      waiting.add(ticket);
    }
    writing.lock();
    try {
      if (!ticket.done) {
        writeWaiting();
      }
    } finally {
      writing.unlock();
    }
    if (ticket.failure.isPresent()) {
      var cause = ticket.failure.get();
      throw new UncheckedIOException(
          "cannot write "
              + file
              + ": "
              + cause.getMessage()
              + "; nothing was changed; free space on this disk, or mend it, and try again",
          cause);
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file + ": " + e.getMessage(), e);
    } finally {
      release();
      writing.unlock();
    }
  }

  /** The kernel lets go of the claim when the process ends, however it ends. */
  private void claim() {
    try {
      claim = FileChannel.open(file.resolveSibling(file.getFileName() + ".lock"), CREATE, WRITE);
      if (claim.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("{} is open in this process", file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file + ": " + e.getMessage(), e);
    }
    release();
    throw new IllegalStateException(
        file + " is in use by another process; stop that one, or use another folder");
  }

  private void release() {
    try {
      claim.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unlock " + file + ": " + e.getMessage(), e);
    }
  }

  private void writeWaiting() {
    var batch = new ArrayList<Ticket>();
    synchronized (waiting) {
      batch.addAll(waiting);
      waiting.clear();
    }
    try {
      if (suspect || changesInLog > 2L * entries.size() + HISTORY_ALLOWED) {
        rewrite();
      }
      var changes = batch.stream().flatMap(ticket -> ticket.changes.stream()).toList();
      append(changes);
      changes.forEach(this::apply);
    } catch (IOException | RuntimeException e) {
      var failure = e instanceof IOException io ? io : new IOException(e);
      batch.forEach(ticket -> ticket.failure = Optional.of(failure));
    } finally {
      batch.forEach(ticket -> ticket.done = true);
    }
  }

  private void append(List<Change> changes) throws IOException {
    var line = line(changes);
    try {
      log.write(line);
    } catch (IOException e) {
      log.setLength(length);
      log.seek(length);
      throw e;
    }
    try {
      log.getFD().sync();
    } catch (IOException e) {
      // What the kernel has kept of the file after a failed flush is unknown.
      suspect = true;
      throw e;
    }
    length += line.length;
    changesInLog += changes.size();
  }

  private void apply(Change change) {
    change
        .value()
        .ifPresentOrElse(
            value -> entries.put(change.key(), value), () -> entries.remove(change.key()));
  }

  private void load() throws IOException {
    var bytes = Files.readAllBytes(file);
    int start = 0;
    int number = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      number++;
      var changes = parse(new String(bytes, start, end - start, UTF_8));
      if (end == bytes.length || changes.isEmpty()) {
        if (end < bytes.length - 1) {
          throw new IllegalStateException(
              file
                  + " is damaged in line "
                  + number
                  + "; restore it from a copy, or remove the folder to begin with nothing");
        }
        return;
      }
      changes.get().forEach(this::apply);
      start = end + 1;
    }
  }

  private Optional<List<Change>> parse(String line) {
    if (line.length() < CHECKSUM_DIGITS + 1) {
      return Optional.empty();
    }
    var body = line.substring(CHECKSUM_DIGITS + 1);
    if (!checksum(body.getBytes(UTF_8)).equals(line.substring(0, CHECKSUM_DIGITS))) {
      return Optional.empty();
    }
    try {
      var changes = new ArrayList<Change>();
      for (var pair : json.readTree(body)) {
        changes.add(
            new Change(
                pair.get(0).asText(),
                pair.get(1).isNull() ? Optional.empty() : Optional.of(pair.get(1))));
      }
      return Optional.of(changes);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private byte[] line(List<Change> changes) throws JsonProcessingException {
    ArrayNode pairs = JsonNodeFactory.instance.arrayNode(changes.size());
    for (var change : changes) {
      var pair = pairs.addArray().add(change.key());
      change.value().ifPresentOrElse(pair::add, pair::addNull);
    }
    var body = json.writeValueAsString(pairs);
    return (checksum(body.getBytes(UTF_8)) + " " + body + "\n").getBytes(UTF_8);
  }

  private static String checksum(byte[] bytes) {
    var crc = new CRC32();
    crc.update(bytes);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  private Path successor() {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  private void rewrite() throws IOException {
    var all = new ArrayList<Change>();
    entries.forEach((key, value) -> all.add(new Change(key, Optional.of(value))));
    var fresh = new RandomAccessFile(successor().toFile(), "rw");
    try {
      fresh.setLength(0);
      for (int from = 0; from < all.size(); from += REWRITE_CHUNK) {
        fresh.write(line(all.subList(from, Math.min(from + REWRITE_CHUNK, all.size()))));
      }
      fresh.getFD().sync();
      Files.move(successor(), file, ATOMIC_MOVE);
    } catch (IOException e) {
      fresh.close();
      Files.deleteIfExists(successor());
      throw e;
    }
    if (log != null) {
      log.close();
    }
    log = fresh;
    length = fresh.length();
    changesInLog = all.size();
    suspect = true;
    flushFolder();
    suspect = false;
  }

  private void flushFolder() throws IOException {
    try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), READ)) {
      folder.force(true);
    }
  }
}
