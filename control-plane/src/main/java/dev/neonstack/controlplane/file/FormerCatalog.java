package dev.neonstack.controlplane.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import dev.neonstack.neon.file.FileLocks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A catalog in one file: a content in JSON, and behind it a line for each change since. Who died
 * while writing left the last line unfinished; it was never acknowledged.
 */
public final class FormerCatalog {
  private static final int NEWEST_FORMAT = 3;
  private static final int OLDEST_FORMAT = 1;
  private static final String ASIDE = ".taken-over";
  private static final ObjectMapper JSON = ControlPlaneJson.mapper();

  private final Path file;

  /** The catalog in that file, which need not be there. */
  public FormerCatalog(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * What was in the file.
   *
   * @param content what it says
   * @param digest of its bytes, in hexadecimal digits
   */
  public record Found(Content content, String digest) {}

  /** Whether it is there. */
  public boolean exists() {
    return Files.exists(file);
  }

  /** Keeps servers of earlier versions from it until that is closed. */
  public FileLocks.Held lock() {
    try {
      return FileLocks.tryAcquire(file.resolveSibling(file.getFileName() + ".lock"))
          .orElseThrow(
              () ->
                  Problem.failed(
                      "catalog '%s' is to be taken over, and a control plane of an earlier version is at work on it; end that first"
                          .formatted(file),
                      null));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * All that was acknowledged.
   *
   * @throws Problem when it cannot be read, is damaged or of a later version
   */
  public Found read() {
    try {
      var bytes = Files.readAllBytes(file);
      return new Found(content(bytes), digest(bytes));
    } catch (JsonProcessingException e) {
      throw damaged();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Content content(byte[] bytes) throws IOException {
    try (var parser = JSON.createParser(bytes)) {
      var stored = parser.readValueAs(Stored.class);
      if (stored == null) {
        throw damaged();
      }
      if (stored.format() > NEWEST_FORMAT || stored.format() < OLDEST_FORMAT) {
        throw Problem.failed(
            "catalog '%s' has format %d; formats %d to %d can be taken over. Use the version that wrote it."
                .formatted(file, stored.format(), OLDEST_FORMAT, NEWEST_FORMAT),
            null);
      }
      var lines = (int) parser.currentLocation().getByteOffset() + 1;
      return FormerLines.apply(stored.content(), bytes, lines)
          .orElseThrow(this::damaged)
          .takenOver();
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * Gives it another name, under which no version reads it.
   *
   * @return the new name
   */
  public Path setAside() {
    try {
      var aside = file.resolveSibling(file.getFileName() + ASIDE);
      for (var number = 2; Files.exists(aside); number++) {
        aside = file.resolveSibling(file.getFileName() + ASIDE + "-" + number);
      }
      Files.move(file, aside);
      try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
      return aside;
    } catch (IOException e) {
      throw Problem.unavailable(
          "catalog '%s' is taken over and cannot be renamed (%s); move it away"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private Problem damaged() {
    return Problem.failed(
        "catalog '%s' is damaged; restore it from a backup, or move it away to start anew"
            .formatted(file),
        null);
  }

  private Problem unreadable(IOException e) {
    return Problem.failed("catalog '%s' cannot be read: %s".formatted(file, e.getMessage()), e);
  }

  @Override
  public String toString() {
    return "'" + file + "'";
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
