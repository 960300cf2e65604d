package dev.neonstack.controlplane.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.controlplane.core.Branch;
import dev.neonstack.controlplane.core.Catalog;
import dev.neonstack.controlplane.core.Content;
import dev.neonstack.controlplane.core.EndpointEntry;
import dev.neonstack.controlplane.core.Operation;
import dev.neonstack.controlplane.core.Problem;
import dev.neonstack.controlplane.core.Project;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A catalog in one JSON file that only its owner may read, as it holds passwords. It is replaced as
 * a whole: written beside, made durable, renamed over, and the directory made durable; whoever dies
 * in between leaves the old file or the new one. What has not changed since the last time is not
 * turned into JSON again.
 */
public final class FileCatalog implements Catalog {
  private static final int FORMAT = 1;
  private static final ObjectMapper JSON = ControlPlaneJson.mapper();

  private final Path file;
  private final Path fresh;
  private IdentityHashMap<Object, byte[]> written = new IdentityHashMap<>();

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
      if (Files.notExists(file)) {
        return Content.EMPTY;
      }
      var stored = JSON.readValue(Files.readAllBytes(file), Stored.class);
      if (stored.format() != FORMAT) {
        throw Problem.failed(
            "catalog '%s' has format %d; this version reads format %d. Use the version that wrote it."
                .formatted(file, stored.format(), FORMAT),
            null);
      }
      return stored.content();
    } catch (JsonProcessingException e) {
      throw Problem.failed(
          "catalog '%s' is damaged; restore it from a backup, or move it away to start anew"
              .formatted(file),
          null);
    } catch (IOException e) {
      throw Problem.failed("catalog '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public void store(Content content) {
    try {
      write(bytes(content));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (var directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (IOException e) {
      throw Problem.unavailable(
          "catalog '%s' cannot be written (%s); nothing was changed. Free some space or mend the directory, then repeat."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private void write(byte[] bytes) throws IOException {
    Files.deleteIfExists(fresh);
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel = FileChannel.open(fresh, options, ownerOnly)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private byte[] bytes(Content content) throws IOException {
    var known = new IdentityHashMap<Object, byte[]>();
    var out = new ByteArrayOutputStream();
    text(out, "{\"format\":" + FORMAT);
    text(out, ",\"last_database_id\":" + content.lastDatabaseId());
    list(out, "projects", content.projects().values(), known);
    list(out, "branches", content.branches().values(), known);
    list(out, "endpoints", content.endpoints().values(), known);
    list(out, "operations", content.operations().values(), known);
    text(out, "\n}\n");
    written = known;
    return out.toByteArray();
  }

  private void list(
      ByteArrayOutputStream out,
      String name,
      Collection<?> values,
      IdentityHashMap<Object, byte[]> known)
      throws IOException {
    text(out, ",\n\"" + name + "\":[");
    var separator = "\n";
    for (var value : values) {
      var bytes = written.get(value);
      if (bytes == null) {
        bytes = JSON.writeValueAsBytes(value);
      }
      known.put(value, bytes);
      text(out, separator);
      out.write(bytes);
      separator = ",\n";
    }
    text(out, "]");
  }

  private static void text(ByteArrayOutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private record Stored(
      int format,
      long lastDatabaseId,
      List<Project> projects,
      List<Branch> branches,
      List<EndpointEntry> endpoints,
      List<Operation> operations) {

    Content content() {
      return Content.of(projects, branches, endpoints, operations, lastDatabaseId);
    }
  }
}
