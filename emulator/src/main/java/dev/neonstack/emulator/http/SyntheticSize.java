package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.Link;
import dev.neonstack.emulator.meta.TimelineRow;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The size that is charged for: the roots once, and what each timeline has written. */
final class SyntheticSize {
  private final TimelineData data;
  private final ArrayNode sizes = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode segments = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode inputs = JsonNodeFactory.instance.arrayNode();
  private final Map<TimelineId, Integer> startOf = new HashMap<>();
  private long total;

  SyntheticSize(TimelineData data) {
    this.data = data;
  }

  ObjectNode json(TenantId tenant, List<TimelineRow> timelines) {
    var byId = new HashMap<TimelineId, TimelineRow>();
    timelines.forEach(row -> byId.put(row.id(), row));
    timelines.forEach(row -> add(row, byId));
    var answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", tenant.value())
            .put("size", Math.max(1, total));
    answer.set("segment_sizes", sizes);
    answer.putObject("inputs").set("segments", segments);
    ((ObjectNode) answer.get("inputs")).set("timeline_inputs", inputs);
    return answer;
  }

  /** Adds a timeline after its parent. */
  private void add(TimelineRow row, Map<TimelineId, TimelineRow> byId) {
    if (startOf.containsKey(row.id())) {
      return;
    }
    row.ancestor().map(Link::timeline).map(byId::get).ifPresent(parent -> add(parent, byId));
    var head = data.lastRecordLsn(row.meta());
    var start = row.oldestBranchable();
    var parent = row.ancestor().map(link -> startOf.get(link.timeline()));
    var snapshot = parent.isEmpty() ? data.logicalSize(row.meta()) : 0;
    var written = Math.max(0, head.value() - start.value());
    startOf.put(row.id(), segments.size());
    var first = segment(row, "BranchStart", start);
    parent.ifPresentOrElse(index -> first.put("parent", index), () -> first.putNull("parent"));
    if (parent.isEmpty()) {
      first.put("size", snapshot);
    }
    size(parent.isEmpty() ? "SnapshotHere" : "Wal", snapshot);
    segment(row, "BranchEnd", head).put("parent", startOf.get(row.id()));
    size("Wal", written);
    inputs.add(input(row, head));
  }

  private ObjectNode segment(TimelineRow row, String kind, Lsn lsn) {
    var node = segments.addObject();
    var segment = node.putObject("segment");
    segment.putNull("parent").put("lsn", lsn.value()).putNull("size").put("needed", true);
    node.put("timeline_id", row.id().value()).put("kind", kind);
    return segment;
  }

  private void size(String method, long bytes) {
    total += bytes;
    sizes.addObject().put("method", method).put("accum_size", bytes);
  }

  private static ObjectNode input(TimelineRow row, Lsn head) {
    var node = JsonNodeFactory.instance.objectNode().put("timeline_id", row.id().value());
    node.put("ancestor_id", row.ancestor().map(link -> link.timeline().value()).orElse(null))
        .put("ancestor_lsn", row.ancestorLsn().toString())
        .put("last_record", head.toString())
        .put("latest_gc_cutoff", row.cutoff().toString())
        .put("next_pitr_cutoff", row.cutoff().toString())
        .putNull("retention_param_cutoff")
        .putArray("lease_points");
    return node;
  }
}
