package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.emulator.meta.Collector;
import dev.neonstack.emulator.meta.History;
import dev.neonstack.emulator.meta.Tenancy;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TimelineId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Time travel, leases and the collection of what is too old. */
final class HistoryResource {
  private static final long MOST_SECONDS = Duration.ofDays(365).toSeconds();
  private static final long MOST_NANOS = 999_999_999;
  private static final String TIMELINE = "/v1/tenant/:tenant/timeline/:timeline";
  private static final Pattern MOMENT =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt ]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?[Zz]");
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Duration POLL = Duration.ofMillis(50);

  private final Tenancy tenancy;
  private final History history;
  private final Collector collector;

  HistoryResource(Tenancy tenancy, History history, Collector collector) {
    this.tenancy = tenancy;
    this.history = history;
    this.collector = collector;
  }

  void register(Router router) {
    router
        .add("GET", TIMELINE + "/get_lsn_by_timestamp", this::lsnByTimestamp)
        .add("GET", TIMELINE + "/get_timestamp_of_lsn", this::timestampOfLsn)
        .add("POST", TIMELINE + "/lsn_lease", this::lease)
        .add("PUT", TIMELINE + "/do_gc", this::collect)
        .add("POST", TIMELINE + "/block_gc", call -> block(call, true))
        .add("POST", TIMELINE + "/unblock_gc", call -> block(call, false))
        .add("POST", "/v1/tenant/:tenant/wait_lsn", this::waitLsn);
  }

  private Answer lsnByTimestamp(Call call) {
    var tenant = call.tenant();
    var timeline = call.timeline();
    var moment = moment(call.requiredQuery("timestamp"));
    var withLease = call.flagQuery("with_lease");
    var found = history.lsnAt(tenant, timeline, moment);
    var answer =
        JsonNodeFactory.instance
            .objectNode()
            .put("lsn", found.lsn().toString())
            .put("kind", found.kind().name().toLowerCase(Locale.ROOT));
    if (withLease) {
      history
          .lease(tenant, timeline, found.lsn(), "lsn_lease_length_for_ts")
          .ifPresent(until -> answer.put("valid_until", MILLIS.format(until)));
    }
    return Answer.ok(answer);
  }

  private Answer timestampOfLsn(Call call) {
    var lsn = call.lsnQuery("lsn");
    return history
        .timeOf(call.tenant(), call.timeline(), lsn)
        .map(time -> Answer.ok(TextNode.valueOf(NANOS.format(time))))
        .orElseThrow(() -> ApiError.preconditionFailed("Timestamp for lsn " + lsn + " not found"));
  }

  private Answer lease(Call call) {
    var tenant = call.tenant();
    var timeline = call.timeline();
    var body = call.body();
    var lsn = lsn(body, "lsn", body.required("lsn")).aligned();
    var until = history.lease(tenant, timeline, lsn, "lsn_lease_length");
    if (until.isEmpty()) {
      throw ApiError.internal(
          "invalid lsn lease request at "
              + lsn
              + ": tried to request an lsn lease for an lsn below the latest gc cutoff. requested"
              + " at "
              + lsn
              + " gc cutoff "
              + tenancy.timeline(tenant, timeline).cutoff());
    }
    return Answer.ok(
        JsonNodeFactory.instance.objectNode().put("valid_until", MILLIS.format(until.get())));
  }

  private Answer collect(Call call) {
    var started = System.nanoTime();
    var tenant = call.tenant();
    var timeline = call.timeline();
    var body = call.body();
    var horizon =
        body.optional("gc_horizon").map(value -> body.number("gc_horizon", value, Long.MAX_VALUE));
    collector.collect(tenant, timeline, horizon.map(OptionalLong::of).orElse(OptionalLong.empty()));
    return Answer.ok(
        JsonNodeFactory.instance
            .objectNode()
            .put("layers_total", 0)
            .put("layers_needed_by_cutoff", 0)
            .put("layers_needed_by_pitr", 0)
            .put("layers_needed_by_branches", 0)
            .put("layers_needed_by_leases", 0)
            .put("layers_not_updated", 0)
            .put("layers_removed", 0)
            .put("elapsed", Duration.ofNanos(System.nanoTime() - started).toMillis()));
  }

  private Answer block(Call call, boolean blocked) {
    collector.block(call.tenant(), call.timeline(), blocked);
    return Answer.empty(200);
  }

  private Answer waitLsn(Call call) {
    var tenant = call.tenant();
    var body = call.body();
    var timeout = timeout(body);
    var wanted = new HashMap<TimelineId, Lsn>();
    body.node()
        .properties()
        .forEach(
            entry -> {
              if (!entry.getKey().equals("timeout")) {
                wanted.put(
                    timelineId(body, entry.getKey()), lsn(body, entry.getKey(), entry.getValue()));
              }
            });
    var deadline = System.nanoTime() + timeout.toNanos();
    var reached = history.reached(tenant, wanted);
    while (reached.isPresent() && !reached.get() && System.nanoTime() < deadline) {
      pause();
      reached = history.reached(tenant, wanted);
    }
    return Answer.empty(reached.map(all -> all ? 200 : 202).orElse(404));
  }

  private static Duration timeout(JsonBody body) {
    var given = body.required("timeout");
    return Duration.ofSeconds(body.number("secs", given.path("secs"), MOST_SECONDS))
        .plusNanos(body.number("nanos", given.path("nanos"), MOST_NANOS));
  }

  private static TimelineId timelineId(JsonBody body, String text) {
    try {
      return TimelineId.of(text);
    } catch (IllegalArgumentException e) {
      throw body.refuse(e.getMessage());
    }
  }

  private static Lsn lsn(JsonBody body, String field, JsonNode value) {
    try {
      return Lsn.parse(value.isTextual() ? value.asText() : value.toString());
    } catch (IllegalArgumentException e) {
      throw body.refuse(field + ": " + e.getMessage());
    }
  }

  private static Instant moment(String text) {
    return Optional.of(text)
        .filter(given -> MOMENT.matcher(given).matches())
        .flatMap(HistoryResource::instant)
        .orElseThrow(
            () ->
                ApiError.plain(
                    400,
                    "Error {\n    context: "
                        + ApiError.quote("Invalid time: " + ApiError.quote(text))
                        + ",\n    source: InvalidFormat,\n}"));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text.replace(' ', 'T').toUpperCase(Locale.ROOT)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiError.unavailable("Shutting down");
    }
  }
}
