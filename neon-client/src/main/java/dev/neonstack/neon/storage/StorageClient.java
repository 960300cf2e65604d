package dev.neonstack.neon.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.neon.LsnAtTime;
import dev.neonstack.neon.Placement;
import dev.neonstack.neon.SafekeeperSet;
import dev.neonstack.neon.TenantConfig;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineCreate;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import dev.neonstack.neon.TimelineList;
import dev.neonstack.neon.storage.StorageException.Kind;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Neon's storage API. A method makes its call once; whoever calls decides by {@link
 * StorageException#kind()} whether to repeat it. Safe for use by several threads.
 */
public final class StorageClient {
  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private final StorageOptions options;
  private final Timeouts timeouts;
  private final Transport transport;

  public StorageClient(StorageOptions options) {
    this(options, Timeouts.DEFAULT);
  }

  StorageClient(StorageOptions options, Timeouts timeouts) {
    this.options = options;
    this.timeouts = timeouts;
    this.transport = new Transport(options, timeouts);
  }

  public URI url() {
    return options.url();
  }

  /**
   * Creates a project, or gives an existing one these settings. A pageserver keeps the generation
   * it has: data written under a reused or lower one would count as stale.
   */
  public void createTenant(TenantId tenant, TenantConfig config) {
    var body = options.dialect() == Dialect.PAGESERVER ? attached(tenant) : fresh();
    var settings = new LinkedHashMap<String, Object>();
    if (body.get("tenant_conf") instanceof Map<?, ?> kept) {
      kept.forEach((name, value) -> settings.put(String.valueOf(name), value));
    }
    settings.putAll(config.settings());
    body.put("tenant_conf", settings);
    var path = tenantPath(tenant) + "/location_config";
    var call = Call.write("Creating project " + tenant, "PUT", path, timeouts).with(body);
    expect(call, OK);
  }

  private Map<String, Object> attached(TenantId tenant) {
    var path = "/v1/location_config/" + tenant;
    var call = Call.read("Reading the generation of project " + tenant, path, timeouts);
    var answer = transport.send(call);
    if (Refusals.tenantMissing(answer)) {
      return fresh();
    }
    var location = parse(call, successful(call, answer, OK), Function.identity());
    if (location.isNull()) {
      var message = call.what() + " failed: another change of it is in progress";
      throw new StorageException(Kind.RETRY, OptionalInt.of(OK), message, null);
    }
    return parse(call, answer, Wire::map);
  }

  private static Map<String, Object> fresh() {
    var body = new LinkedHashMap<String, Object>();
    body.put("mode", "AttachedSingle");
    body.put("generation", 1);
    return body;
  }

  /** Asks for a project that nobody has: storage answers that, to a token that it takes. */
  public void probe() {
    var what = "Asking whether storage answers";
    var call = Call.read(what, tenantPath(TenantId.random()), timeouts.impatient());
    var answer = transport.send(call);
    if (!Refusals.tenantMissing(answer)) {
      successful(call, answer, OK);
    }
  }

  /** Whether the project exists. */
  public boolean tenantExists(TenantId tenant) {
    var call = Call.read("Reading project " + tenant, tenantPath(tenant), timeouts);
    var answer = transport.send(call);
    if (Refusals.tenantMissing(answer)) {
      return false;
    }
    successful(call, answer, OK);
    return true;
  }

  /** Changes the settings that are given and leaves the others. */
  public void updateTenant(TenantId tenant, TenantConfig config) {
    var body = new LinkedHashMap<String, Object>();
    body.put("tenant_id", tenant.value());
    body.putAll(config.settings());
    var what = "Changing the settings of project " + tenant;
    expect(Call.write(what, "PATCH", "/v1/tenant/config", timeouts).with(body), OK);
  }

  /** Deletes a project with all its branches; one that does not exist is no error. */
  public void deleteTenant(TenantId tenant) {
    var call = Call.write("Deleting project " + tenant, "DELETE", tenantPath(tenant), timeouts);
    var answer = transport.send(call);
    if (Refusals.tenantMissing(answer)) {
      return;
    }
    if (answer.status() == CONFLICT) {
      var message = call.what() + " is in progress: " + answer.message();
      throw new StorageException(Kind.RETRY, OptionalInt.of(CONFLICT), message, null);
    }
    successful(call, answer, OK);
  }

  /**
   * Creates a branch, or finds it made by an earlier call with the same request.
   *
   * @throws StorageException of kind {@code WRONG_ANSWER} when storage made something else: the
   *     caller must delete it again
   */
  public TimelineInfo createTimeline(TenantId tenant, TimelineCreate request) {
    var what = "Creating branch " + request.id() + " of project " + tenant;
    var call =
        Call.write(what, "POST", tenantPath(tenant) + "/timeline", timeouts)
            .with(request.body())
            .within(timeouts.create());
    var made = parse(call, successful(call, transport.send(call), CREATED), Wire::timeline);
    var difference = difference(tenant, request, made);
    if (difference.isPresent()) {
      var message = what + " gave another branch: " + difference.get();
      throw new StorageException(Kind.WRONG_ANSWER, OptionalInt.of(CREATED), message, null);
    }
    return made;
  }

  private static Optional<String> difference(
      TenantId tenant, TimelineCreate request, TimelineInfo made) {
    if (!made.tenantId().equals(tenant) || !made.timelineId().equals(request.id())) {
      return Optional.of("got branch " + made.timelineId() + " of project " + made.tenantId());
    }
    return request.differenceTo(made);
  }

  /**
   * Reads a branch. Empty when there is none or it is offloaded, which {@link #timelines} tells
   * apart; a missing project is an exception of kind {@code GONE}.
   */
  public Optional<TimelineInfo> timeline(TenantId tenant, TimelineId timeline) {
    var call = Call.read("Reading " + named(tenant, timeline), path(tenant, timeline), timeouts);
    var answer = transport.send(call);
    if (Refusals.timelineMissing(answer)) {
      return Optional.empty();
    }
    return Optional.of(parse(call, successful(call, answer, OK), Wire::timeline));
  }

  /** All branches of a project, archived and offloaded ones included. */
  public TimelineList timelines(TenantId tenant) {
    var path = tenantPath(tenant) + "/timeline_and_offloaded";
    var call = Call.read("Listing the branches of project " + tenant, path, timeouts);
    return parse(call, expect(call, OK), Wire::timelines);
  }

  /**
   * Asks once for the deletion of a branch. Never call it on a branch that may have children: the
   * storage controller destroys the WAL of such a one, though it answers with a refusal.
   */
  public DeleteAnswer deleteTimeline(TenantId tenant, TimelineId timeline) {
    var what = "Deleting " + named(tenant, timeline);
    var call = Call.write(what, "DELETE", path(tenant, timeline), timeouts);
    var answer = transport.send(call);
    if (Refusals.timelineMissing(answer)) {
      return DeleteAnswer.GONE;
    }
    return switch (answer.status()) {
      case OK -> DeleteAnswer.GONE;
      case ACCEPTED -> DeleteAnswer.ACCEPTED;
      case CONFLICT -> DeleteAnswer.IN_PROGRESS;
      default -> throw Refusals.of(call, answer, options.dialect());
    };
  }

  /**
   * Where the pages of a project are served. Only a storage controller can tell, to a token of
   * scope {@code admin}; a missing project is an exception of kind {@code GONE}.
   */
  public Placement placement(TenantId tenant) {
    var path = "/debug/v1/tenant/" + tenant + "/locate";
    var call = Call.read("Locating project " + tenant, path, timeouts);
    return parse(call, expect(call, OK), Wire::placement);
  }

  /**
   * The safekeepers of a branch. Only a storage controller can tell, to a token of scope {@code
   * admin}; empty when it does not manage those of this branch.
   */
  public Optional<SafekeeperSet> safekeepers(TenantId tenant, TimelineId timeline) {
    var path = "/debug/v1/tenant/" + tenant + "/timeline/" + timeline + "/locate";
    var call = Call.read("Locating " + named(tenant, timeline), path, timeouts);
    var answer = transport.send(call);
    if (answer.status() == NOT_FOUND) {
      return Optional.empty();
    }
    var all = Call.read("Listing safekeepers", "/control/v1/safekeeper", timeouts);
    var addresses = parse(all, expect(all, OK), Wire::safekeeperAddresses);
    return Optional.of(
        parse(call, successful(call, answer, OK), set -> Wire.safekeepers(set, addresses)));
  }

  /** The LSN of a point in time; look at its kind before using it. */
  public LsnAtTime lsnByTimestamp(TenantId tenant, TimelineId timeline, Instant time) {
    var path = path(tenant, timeline) + "/get_lsn_by_timestamp?timestamp=" + time;
    var what = "Finding the LSN of " + time + " on " + named(tenant, timeline);
    var call = Call.read(what, path, timeouts);
    return parse(call, expect(call, OK), Wire::lsnAtTime);
  }

  /** Archives a branch or brings it back. */
  public void archive(TenantId tenant, TimelineId timeline, boolean archived) {
    var what = (archived ? "Archiving " : "Unarchiving ") + named(tenant, timeline);
    var path = path(tenant, timeline) + "/archival_config";
    var body = Map.<String, Object>of("state", archived ? "Archived" : "Unarchived");
    expect(Call.write(what, "PUT", path, timeouts).with(body), OK);
  }

  private Answer expect(Call call, int status) {
    return successful(call, transport.send(call), status);
  }

  private Answer successful(Call call, Answer answer, int status) {
    if (answer.status() == status) {
      return answer;
    }
    throw Refusals.of(call, answer, options.dialect());
  }

  private static <T> T parse(Call call, Answer answer, Function<JsonNode, T> reader) {
    try {
      return reader.apply(Wire.read(answer.body()));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      var kind = call.write() ? Kind.UNKNOWN_OUTCOME : Kind.FAILED;
      var message =
          call.what()
              + " gave an answer that cannot be read ("
              + e.getMessage()
              + "): "
              + answer.message();
      throw new StorageException(kind, OptionalInt.of(answer.status()), message, e);
    }
  }

  private static String tenantPath(TenantId tenant) {
    return "/v1/tenant/" + tenant;
  }

  private static String path(TenantId tenant, TimelineId timeline) {
    return tenantPath(tenant) + "/timeline/" + timeline;
  }

  private static String named(TenantId tenant, TimelineId timeline) {
    return "branch " + timeline + " of project " + tenant;
  }
}
