package dev.neonstack.controlplane.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Lines of a checksum and a change. A line was written only when the one before was durable, so
 * that a crash can have spoilt the last one only.
 */
final class FormerLines {
  private static final int CHECKSUM_DIGITS = 8;

  private final Map<TenantId, Project> projects;
  private final Map<BranchKey, Branch> branches;
  private final Map<String, EndpointEntry> endpoints;
  private final Map<String, Operation> operations;
  private long lastDatabaseId;

  private FormerLines(Content content) {
    this.projects = new LinkedHashMap<>(content.projects());
    this.branches = new LinkedHashMap<>(content.branches());
    this.endpoints = new LinkedHashMap<>(content.endpoints());
    this.operations = new LinkedHashMap<>(content.operations());
    this.lastDatabaseId = content.lastDatabaseId();
  }

  /** What a line changes. */
  record Change(
      long lastDatabaseId,
      Part<TenantId, Project> projects,
      Part<BranchKey, Branch> branches,
      Part<String, EndpointEntry> endpoints,
      Part<String, Operation> operations) {}

  /** What is new or different, and the keys of what is gone. */
  record Part<K, V>(List<V> put, List<K> gone) {
    Part {
      put = put == null ? List.of() : List.copyOf(put);
      gone = gone == null ? List.of() : List.copyOf(gone);
    }

    void apply(Map<K, V> rows, Function<V, K> key) {
      rows.keySet().removeAll(gone);
      put.forEach(row -> rows.put(key.apply(row), row));
    }
  }

  /**
   * The content once the whole lines from there on are applied to it; empty when a line is damaged
   * that is not the last.
   */
  static Optional<Content> apply(Content content, byte[] bytes, int from) throws IOException {
    var result = new FormerLines(content);
    var spoilt = false;
    var start = from;
    for (var at = from; at < bytes.length; at++) {
      if (bytes[at] != '\n') {
        continue;
      }
      var line = new String(bytes, start, at - start, UTF_8);
      start = at + 1;
      if (!isWhole(line)) {
        spoilt = true;
      } else if (spoilt) {
        return Optional.empty();
      } else {
        result.apply(
            ControlPlaneJson.mapper().readValue(line.substring(CHECKSUM_DIGITS + 1), Change.class));
      }
    }
    return Optional.of(result.content());
  }

  private void apply(Change change) {
    change.projects().apply(projects, Project::id);
    change.branches().apply(branches, Branch::key);
    change.endpoints().apply(endpoints, EndpointEntry::id);
    change.operations().apply(operations, Operation::id);
    lastDatabaseId = change.lastDatabaseId();
  }

  private Content content() {
    return Content.of(
        projects.values(),
        branches.values(),
        endpoints.values(),
        operations.values(),
        lastDatabaseId);
  }

  private static boolean isWhole(String line) {
    return line.length() > CHECKSUM_DIGITS + 1
        && checksum(line.getBytes(UTF_8), CHECKSUM_DIGITS + 1)
            .equals(line.substring(0, CHECKSUM_DIGITS));
  }

  private static String checksum(byte[] bytes, int from) {
    var crc = new CRC32C();
    crc.update(bytes, from, bytes.length - from);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
