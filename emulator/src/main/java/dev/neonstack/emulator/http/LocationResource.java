package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.emulator.meta.Tenancy;
import dev.neonstack.emulator.meta.TenantConf;
import dev.neonstack.emulator.meta.TenantRow;
import dev.neonstack.emulator.meta.TenantRow.Mode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where tenants are: attaching one makes it. */
final class LocationResource {
  private static final long MOST_SHARDS = 255;
  private static final int STRIPE_SIZE = 2_048;
  private static final long MAX_GENERATION = 0xFFFF_FFFFL;
  private static final Set<String> FIELDS =
      Set.of(
          "mode",
          "generation",
          "secondary_conf",
          "shard_number",
          "shard_count",
          "shard_stripe_size",
          "tenant_conf");

  private final Tenancy tenancy;

  LocationResource(Tenancy tenancy) {
    this.tenancy = tenancy;
  }

  void register(Router router) {
    router
        .addUnguarded("PUT", "/v1/tenant/:tenant/location_config", this::put)
        .add("GET", "/v1/location_config", call -> list())
        .addUnguarded("GET", "/v1/location_config/:tenant", this::get);
  }

  private Answer put(Call call) {
    var id = call.namedTenant();
    var body = call.body();
    call.pass().requireServer();
    body.allowOnly(FIELDS);
    var mode = mode(body);
    var conf = body.required("tenant_conf");
    refuseShards(body);
    if (mode == Mode.DETACHED) {
      tenancy.detach(id);
      return Answer.empty(200);
    }
    var warm = body.optional("secondary_conf").map(secondary -> secondary.path("warm").asBoolean());
    var row =
        new TenantRow(
            id, mode, generation(body, mode), warm.orElse(false), settings(body, conf), false);
    tenancy.configure(row);
    var answer = JsonNodeFactory.instance.objectNode();
    answer
        .putArray("shards")
        .addObject()
        .put("shard_id", id.value())
        .put("node_id", ApiServer.NODE_ID);
    return Answer.ok(answer.putNull("stripe_size"));
  }

  private Answer get(Call call) {
    var id = call.namedTenant();
    call.pass().requireServer();
    return tenancy
        .location(id)
        .map(row -> Answer.ok(json(row)))
        .orElseThrow(() -> ApiError.notFound("Tenant shard not found"));
  }

  private Answer list() {
    var answer = JsonNodeFactory.instance.objectNode();
    var pairs = answer.putArray("tenant_shards");
    tenancy.locations().forEach(row -> pairs.addArray().add(row.id().value()).add(json(row)));
    return Answer.ok(answer);
  }

  private static Mode mode(JsonBody body) {
    var given = body.required("mode").asText();
    return Stream.of(Mode.values())
        .filter(mode -> mode.wireName().equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                body.refuse(
                    "mode: unknown variant `"
                        + given
                        + "`, expected one of "
                        + Stream.of(Mode.values())
                            .map(mode -> "`" + mode.wireName() + "`")
                            .collect(Collectors.joining(", "))));
  }

  private static long generation(JsonBody body, Mode mode) {
    var given = body.optional("generation");
    if (mode == Mode.SECONDARY) {
      if (given.isPresent()) {
        throw ApiError.badRequest("Generation must be unset when not attaching");
      }
      return 0;
    }
    var value =
        given.orElseThrow(() -> ApiError.badRequest("Generation must be set when attaching"));
    var fits =
        value.isIntegralNumber()
            && value.canConvertToLong()
            && value.asLong() >= 0
            && value.asLong() <= MAX_GENERATION;
    if (!fits) {
      throw body.refuse("invalid value: " + JsonBody.named(value) + ", expected u32");
    }
    return value.asLong();
  }

  private static void refuseShards(JsonBody body) {
    var shards = body.optional("shard_count");
    if (shards.map(count -> body.number("shard_count", count, MOST_SHARDS)).orElse(0L) > 0) {
      throw ApiError.unsupported("sharded tenants are");
    }
  }

  private static TenantConf settings(JsonBody body, JsonNode given) {
    try {
      return TenantConf.of(given);
    } catch (IllegalArgumentException e) {
      throw body.refuse(e.getMessage());
    }
  }

  private static ObjectNode json(TenantRow row) {
    var node = JsonNodeFactory.instance.objectNode().put("mode", row.mode().wireName());
    if (row.mode().attached()) {
      node.put("generation", row.generation()).putNull("secondary_conf");
    } else {
      node.putNull("generation").putObject("secondary_conf").put("warm", row.warm());
    }
    node.put("shard_number", 0).put("shard_count", 0).put("shard_stripe_size", STRIPE_SIZE);
    node.set("tenant_conf", row.conf().overrides());
    return node;
  }
}
