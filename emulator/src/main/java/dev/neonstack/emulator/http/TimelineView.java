package dev.neonstack.emulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.TimelineMeta;
import dev.neonstack.emulator.meta.TimelineRow;
import dev.neonstack.emulator.meta.TimelineRow.Phase;
import dev.neonstack.neon.Lsn;
import java.io.IOException;

/** A timeline as the API shows it. */
final class TimelineView {
  private static final int[] NO_ENTRIES = new int[8];
  private static final String NO_RECEIVER = "Not active";

  private final TimelineData data;

  TimelineView(TimelineData data) {
    this.data = data;
  }

  void write(JsonGenerator json, TimelineRow row, boolean withNonIncrementalSize)
      throws IOException {
    var meta = row.meta();
    var head = data.lastRecordLsn(meta);
    json.writeStartObject();
    identity(json, row);
    positions(json, row, head);
    sizes(json, meta, withNonIncrementalSize);
    json.writeNumberField("pitr_history_size", Math.max(0, head.value() - row.cutoff().value()));
    json.writeBooleanField("within_ancestor_pitr", false);
    json.writeNullField("timeline_dir_layer_file_size_sum");
    json.writeNullField("wal_source_connstr");
    json.writeNullField("last_received_msg_lsn");
    json.writeNullField("last_received_msg_ts");
    json.writeNumberField("pg_version", row.pgVersion());
    json.writeStringField("state", row.phase() == Phase.ACTIVE ? "Active" : "Stopping");
    json.writeStringField("walreceiver_status", NO_RECEIVER);
    json.writeBooleanField("is_archived", row.archived());
    json.writeStringField("rel_size_migration", "legacy");
    json.writeNullField("rel_size_migrated_at");
    json.writeBooleanField("is_invisible", false);
    json.writeEndObject();
  }

  static void writeOffloaded(JsonGenerator json, TimelineRow row) throws IOException {
    json.writeStartObject();
    json.writeStringField("tenant_id", row.tenant().value());
    json.writeStringField("timeline_id", row.id().value());
    if (row.ancestor().isPresent()) {
      json.writeStringField("ancestor_timeline_id", row.ancestor().get().timeline().value());
      json.writeStringField("ancestor_retain_lsn", row.ancestor().get().lsn().toString());
    } else {
      json.writeNullField("ancestor_timeline_id");
      json.writeNullField("ancestor_retain_lsn");
    }
    if (row.archivedAt().isPresent()) {
      json.writeStringField("archived_at", row.archivedAt().get().toString());
    }
    json.writeEndObject();
  }

  private static void identity(JsonGenerator json, TimelineRow row) throws IOException {
    json.writeStringField("tenant_id", row.tenant().value());
    json.writeStringField("timeline_id", row.id().value());
    if (row.ancestor().isPresent()) {
      json.writeStringField("ancestor_timeline_id", row.ancestor().get().timeline().value());
      json.writeStringField("ancestor_lsn", row.ancestor().get().lsn().toString());
    } else {
      json.writeNullField("ancestor_timeline_id");
      json.writeNullField("ancestor_lsn");
    }
  }

  private static void positions(JsonGenerator json, TimelineRow row, Lsn head) throws IOException {
    var end = head.toString();
    var cutoff = row.cutoff().toString();
    json.writeStringField("last_record_lsn", end);
    json.writeStringField("prev_record_lsn", Lsn.ZERO.toString());
    json.writeStringField("applied_gc_cutoff_lsn", cutoff);
    json.writeStringField("min_readable_lsn", cutoff);
    json.writeStringField("disk_consistent_lsn", end);
    json.writeStringField("remote_consistent_lsn", end);
    json.writeStringField("remote_consistent_lsn_visible", end);
    json.writeStringField("initdb_lsn", row.initdbLsn().toString());
  }

  private void sizes(JsonGenerator json, TimelineMeta meta, boolean withNonIncrementalSize)
      throws IOException {
    var size = data.logicalSize(meta);
    json.writeNumberField("current_logical_size", size);
    json.writeBooleanField("current_logical_size_is_accurate", true);
    json.writeFieldName("directory_entries_counts");
    json.writeArray(NO_ENTRIES, 0, NO_ENTRIES.length);
    json.writeNumberField("current_physical_size", data.physicalSize(meta));
    json.writeFieldName("current_logical_size_non_incremental");
    if (withNonIncrementalSize) {
      json.writeNumber(size);
    } else {
      json.writeNull();
    }
  }
}
