package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.TimelineRow;
import dev.neonstack.emulator.meta.TimelineRow.Phase;
import dev.neonstack.neon.Lsn;

/** A timeline as the API shows it. */
final class TimelineView {
  private static final int ENTRY_KINDS = 8;
  private static final String NO_RECEIVER = "Not active";

  private final TimelineData data;

  TimelineView(TimelineData data) {
    this.data = data;
  }

  ObjectNode json(TimelineRow row, boolean withNonIncrementalSize) {
    var meta = row.meta();
    var head = data.lastRecordLsn(meta);
    var size = data.logicalSize(meta);
    var node = identity(row);
    positions(node, row, head);
    node.put("current_logical_size", size).put("current_logical_size_is_accurate", true);
    var entries = node.putArray("directory_entries_counts");
    for (int i = 0; i < ENTRY_KINDS; i++) {
      entries.add(0);
    }
    node.put("current_physical_size", data.physicalSize(meta));
    if (withNonIncrementalSize) {
      node.put("current_logical_size_non_incremental", size);
    } else {
      node.putNull("current_logical_size_non_incremental");
    }
    return node.put("pitr_history_size", Math.max(0, head.value() - row.cutoff().value()))
        .put("within_ancestor_pitr", false)
        .putNull("timeline_dir_layer_file_size_sum")
        .putNull("wal_source_connstr")
        .putNull("last_received_msg_lsn")
        .putNull("last_received_msg_ts")
        .put("pg_version", row.pgVersion())
        .put("state", row.phase() == Phase.ACTIVE ? "Active" : "Stopping")
        .put("walreceiver_status", NO_RECEIVER)
        .put("is_archived", row.archived())
        .put("rel_size_migration", "legacy")
        .putNull("rel_size_migrated_at")
        .put("is_invisible", false);
  }

  static ObjectNode offloaded(TimelineRow row) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("tenant_id", row.tenant().value())
            .put("timeline_id", row.id().value());
    row.ancestor()
        .ifPresentOrElse(
            link ->
                node.put("ancestor_timeline_id", link.timeline().value())
                    .put("ancestor_retain_lsn", link.lsn().toString()),
            () -> node.putNull("ancestor_timeline_id").putNull("ancestor_retain_lsn"));
    row.archivedAt().ifPresent(at -> node.put("archived_at", at.toString()));
    return node;
  }

  private static ObjectNode identity(TimelineRow row) {
    var node =
        JsonNodeFactory.instance
            .objectNode()
            .put("tenant_id", row.tenant().value())
            .put("timeline_id", row.id().value());
    row.ancestor()
        .ifPresentOrElse(
            link ->
                node.put("ancestor_timeline_id", link.timeline().value())
                    .put("ancestor_lsn", link.lsn().toString()),
            () -> node.putNull("ancestor_timeline_id").putNull("ancestor_lsn"));
    return node;
  }

  private static void positions(ObjectNode node, TimelineRow row, Lsn head) {
    node.put("last_record_lsn", head.toString())
        .put("prev_record_lsn", Lsn.ZERO.toString())
        .put("applied_gc_cutoff_lsn", row.cutoff().toString())
        .put("min_readable_lsn", row.cutoff().toString())
        .put("disk_consistent_lsn", head.toString())
        .put("remote_consistent_lsn", head.toString())
        .put("remote_consistent_lsn_visible", head.toString())
        .put("initdb_lsn", row.initdbLsn().toString());
  }
}
