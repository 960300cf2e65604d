package dev.neonstack.controlplane.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.Catalog;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A catalog in one file that only its owner may read, as it holds passwords: a content in JSON, and
 * behind it a line for each change since. A change is a line that is made durable. The first store,
 * the one after a failure, and the one that finds more lines than content replace the file as a
 * whole: written beside, made durable, renamed over, and the directory made durable. Whoever dies
 * in between leaves what was stored before, or what was being stored.
 */
public final class FileCatalog implements Catalog {
  private static final int FORMAT = 3;
  private static final int OLDEST_FORMAT = 1;
  private static final long LINES_ALLOWED_BYTES = 1 << 20;
  private static final ObjectMapper JSON = ControlPlaneJson.mapper();

  private final Path file;
  private final Path fresh;
  private final Journal journal = new Journal(JSON);
  private Optional<Content> kept = Optional.empty();
  private long wholeBytes;
  private long linesBytes;

  /** A catalog in that file; its directory is made when it is missing. */
  public FileCatalog(Path file) {
    this.file = file.toAbsolutePath();
    this.fresh = this.file.resolveSibling(this.file.getFileName() + ".new");
  }

  @Override
  public Content load() {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(fresh);
      return Files.notExists(file) ? Content.EMPTY : content(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw damaged();
    } catch (IOException e) {
      throw Problem.failed("catalog '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Content content(byte[] bytes) throws IOException {
    try (var parser = JSON.createParser(bytes)) {
      var stored = parser.readValueAs(Stored.class);
      if (stored == null) {
        throw damaged();
      }
      if (stored.format() > FORMAT || stored.format() < OLDEST_FORMAT) {
        throw Problem.failed(
            "catalog '%s' has format %d; this version reads formats %d to %d. Use the version that wrote it."
                .formatted(file, stored.format(), OLDEST_FORMAT, FORMAT),
            null);
      }
      var lines = (int) parser.currentLocation().getByteOffset() + 1;
      var target = new Delta.Target(stored.content());
      journal.read(bytes, lines).orElseThrow(this::damaged).forEach(target::apply);
      return target.content().takenOver();
    }
  }

  private Problem damaged() {
    return Problem.failed(
        "catalog '%s' is damaged; restore it from a backup, or move it away to start anew"
            .formatted(file),
        null);
  }

  @Override
  public void store(Content content) {
    try {
      if (kept.isPresent() && linesBytes <= LINES_ALLOWED_BYTES + wholeBytes) {
        append(journal.line(Delta.between(kept.get(), content)));
      } else {
        replace((JSON.writeValueAsString(Stored.of(content)) + "\n").getBytes(UTF_8));
      }
      kept = Optional.of(content);
    } catch (IOException e) {
      kept = Optional.empty();
      throw Problem.unavailable(
          "catalog '%s' cannot be written (%s); nothing was changed. Free some space or mend the directory, then repeat."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private void append(byte[] line) throws IOException {
    var end = wholeBytes + linesBytes;
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      try {
        write(channel.position(end), line);
      } catch (IOException e) {
        channel.truncate(end).force(false);
        throw e;
      }
    }
    linesBytes += line.length;
  }

  private void replace(byte[] whole) throws IOException {
    Files.deleteIfExists(fresh);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(fresh, options, ownerOnly)) {
      write(channel, whole);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
    wholeBytes = whole.length;
    linesBytes = 0;
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    var buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    channel.force(false);
  }

  private record Stored(
      int format,
      long lastDatabaseId,
      List<Project> projects,
      List<Branch> branches,
      List<EndpointEntry> endpoints,
      List<Operation> operations) {

    static Stored of(Content content) {
      return new Stored(
          FORMAT,
          content.lastDatabaseId(),
          List.copyOf(content.projects().values()),
          List.copyOf(content.branches().values()),
          List.copyOf(content.endpoints().values()),
          List.copyOf(content.operations().values()));
    }

    Content content() {
      return Content.of(projects, branches, endpoints, operations, lastDatabaseId);
    }
  }
}
