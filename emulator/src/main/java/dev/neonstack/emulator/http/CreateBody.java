package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.emulator.meta.CreateRequest;
import dev.neonstack.emulator.meta.CreateRequest.Bootstrap;
import dev.neonstack.emulator.meta.CreateRequest.Branch;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.util.Optional;

/**
 * Reads what a timeline is to be made of, with the trap of a pageserver: the shapes Branch, import
 * and Bootstrap are tried in this order, a shape with any mistake in it is passed over, and
 * Bootstrap has only optional fields. So a mistaken branch becomes an empty root.
 */
final class CreateBody {
  private static final int DEFAULT_PG_VERSION = 17;
  private static final int OLDEST_PG_VERSION = 14;
  private static final int NEWEST_PG_VERSION = 17;

  private CreateBody() {}

  static CreateRequest read(JsonBody body) {
    var id = body.timelineId("new_timeline_id");
    return branch(id, body)
        .or(() -> importOf(body))
        .or(() -> bootstrap(id, body))
        .orElseThrow(
            () ->
                body.refuse(
                    "data did not match any variant of untagged enum TimelineCreateRequestMode"));
  }

  private static Optional<CreateRequest> branch(TimelineId id, JsonBody body) {
    var ancestor = body.optional("ancestor_timeline_id").flatMap(CreateBody::timelineId);
    var start = body.optional("ancestor_start_lsn");
    var lsn = start.flatMap(CreateBody::lsn);
    var readOnly = Optional.ofNullable(body.node().get("read_only"));
    var wellFormed =
        ancestor.isPresent()
            && start.isPresent() == lsn.isPresent()
            && validPgVersion(body)
            && readOnly.map(JsonNode::isBoolean).orElse(true);
    return wellFormed ? Optional.of(new Branch(id, ancestor.get(), lsn)) : Optional.empty();
  }

  private static Optional<CreateRequest> importOf(JsonBody body) {
    var wanted = body.optional("import_pgdata");
    if (wanted.isPresent() && wanted.get().has("location") && wanted.get().has("idempotency_key")) {
      throw ApiError.unsupported("import_pgdata is");
    }
    return Optional.empty();
  }

  private static Optional<CreateRequest> bootstrap(TimelineId id, JsonBody body) {
    var existing = body.optional("existing_initdb_timeline_id");
    var wellFormed =
        validPgVersion(body)
            && existing.isPresent() == existing.flatMap(CreateBody::timelineId).isPresent();
    var version = body.optional("pg_version").map(JsonNode::asInt).orElse(DEFAULT_PG_VERSION);
    return wellFormed ? Optional.of(new Bootstrap(id, version)) : Optional.empty();
  }

  private static boolean validPgVersion(JsonBody body) {
    return body.optional("pg_version")
        .map(
            version ->
                version.isInt()
                    && version.asInt() >= OLDEST_PG_VERSION
                    && version.asInt() <= NEWEST_PG_VERSION)
        .orElse(true);
  }

  private static Optional<TimelineId> timelineId(JsonNode value) {
    try {
      return value.isTextual() ? Optional.of(TimelineId.of(value.asText())) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<Lsn> lsn(JsonNode value) {
    try {
      return value.isTextual() ? Optional.of(Lsn.parse(value.asText())) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
