package dev.neonstack.neon.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.storage.StorageException.Kind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * One safekeeper's HTTP API, as far as it takes to bring back log that it has lost. Its token is of
 * scope {@code safekeeperdata}. A method makes its call once. Safe for use by several threads.
 */
public final class SafekeeperClient {
  private static final int OK = 200;
  private static final int UNAUTHORISED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final String LIST = "/v1/tenant/timeline";

  private final StorageOptions options;
  private final Transport transport;

  public SafekeeperClient(StorageOptions options) {
    this.options = options;
    this.transport = new Transport(options, Timeouts.DEFAULT);
  }

  public URI url() {
    return options.url();
  }

  /** All that it holds. */
  public Set<HeldLog> held() {
    var call =
        Call.read("Listing what safekeeper " + url().getHost() + " holds", LIST, impatient());
    return parse(
        call,
        transport.send(call),
        list -> {
          var held = new LinkedHashSet<HeldLog>();
          list.forEach(one -> held.add(log(one)));
          return held;
        });
  }

  private static HeldLog log(JsonNode one) {
    return new HeldLog(
        TenantId.of(one.path("tenant_id").asText()),
        TimelineId.of(one.path("timeline_id").asText()));
  }

  /** Who holds the log besides; empty when this safekeeper does not hold it. */
  public Optional<LogMembers> members(HeldLog log) {
    var path = "/v1/tenant/%s/timeline/%s".formatted(log.project(), log.branch());
    var call = Call.read("Asking safekeeper " + url().getHost() + " for " + log, path, impatient());
    var answer = transport.send(call);
    return answer.status() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(parse(call, answer, SafekeeperClient::members));
  }

  private static LogMembers members(JsonNode status) {
    var configuration = status.path("mconf");
    if (!configuration.path("generation").isIntegralNumber()
        || !configuration.path("members").isArray()) {
      throw new IllegalArgumentException("no mconf with generation and members");
    }
    return new LogMembers(
        configuration.path("generation").asLong(),
        StreamSupport.stream(configuration.path("members").spliterator(), false)
            .map(member -> member.path("host").asText())
            .toList(),
        configuration);
  }

  /**
   * Makes this safekeeper copy the log from others, and returns when it has it.
   *
   * @param from addresses of safekeepers that hold it, one of which has the most
   * @param members what these say of who holds it
   */
  public void pull(HeldLog log, List<URI> from, LogMembers members) {
    var body = new LinkedHashMap<String, Object>();
    body.put("tenant_id", log.project().value());
    body.put("timeline_id", log.branch().value());
    body.put("http_hosts", from.stream().map(URI::toString).toList());
    body.put("mconf", members.configuration());
    var what = "Copying " + log + " to safekeeper " + url().getHost();
    var call =
        Call.write(what, "POST", "/v1/pull_timeline", Timeouts.DEFAULT)
            .with(body)
            .within(Timeouts.DEFAULT.create());
    var unused = parse(call, transport.send(call), Function.identity());
  }

  private static Timeouts impatient() {
    return Timeouts.DEFAULT.impatient();
  }

  private <T> T parse(Call call, Answer answer, Function<JsonNode, T> reader) {
    if (answer.status() == UNAUTHORISED || answer.status() == FORBIDDEN) {
      throw new StorageException(
          Kind.UNAUTHORISED,
          OptionalInt.of(answer.status()),
          call.what()
              + " failed: the token is not taken; give one of scope 'safekeeperdata', signed with the key the server knows",
          null);
    }
    if (answer.status() != OK) {
      throw Refusals.of(call, answer, options.dialect());
    }
    try {
      return reader.apply(Wire.read(answer.body()));
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          Kind.FAILED,
          OptionalInt.of(answer.status()),
          call.what() + " gave an answer that cannot be read (" + e.getMessage() + ")",
          e);
    }
  }
}
