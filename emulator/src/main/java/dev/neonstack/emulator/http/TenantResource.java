package dev.neonstack.emulator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.Tenancy;
import dev.neonstack.emulator.meta.TenantConf;
import dev.neonstack.emulator.meta.TenantRow;
import dev.neonstack.emulator.meta.TimelineRow;

/** Tenants and their settings. */
final class TenantResource {
  private static final String TENANT_ID = "tenant_id";

  private final Tenancy tenancy;
  private final TimelineData data;

  TenantResource(Tenancy tenancy, TimelineData data) {
    this.tenancy = tenancy;
    this.data = data;
  }

  void register(Router router) {
    router
        .add("GET", "/v1/tenant", call -> list())
        .addUnguarded("PUT", "/v1/tenant/config", this::putConfig)
        .addUnguarded("PATCH", "/v1/tenant/config", this::patchConfig)
        .add("GET", "/v1/tenant/:tenant", this::get)
        .add("DELETE", "/v1/tenant/:tenant", this::delete)
        .add("GET", "/v1/tenant/:tenant/config", this::getConfig)
        .add("GET", "/v1/tenant/:tenant/synthetic_size", this::syntheticSize);
  }

  private Answer list() {
    var answer = JsonNodeFactory.instance.arrayNode();
    tenancy.attached().forEach(row -> answer.add(info(row).put("generation", row.generation())));
    return Answer.ok(answer);
  }

  private Answer get(Call call) {
    var row = tenancy.attached(call.tenant());
    var timelines = tenancy.timelines(row.id());
    var size = timelines.stream().map(TimelineRow::meta).mapToLong(data::physicalSize).sum();
    var answer = info(row).put("current_physical_size", size).put("generation", row.generation());
    answer.putObject("walredo").putNull("last_redo_at").putNull("process");
    var ids = answer.putArray("timelines");
    timelines.forEach(timeline -> ids.add(timeline.id().value()));
    return Answer.ok(answer);
  }

  private Answer delete(Call call) {
    tenancy.delete(call.tenant());
    return Answer.empty(200);
  }

  private Answer getConfig(Call call) {
    var conf = tenancy.attached(call.tenant()).conf();
    var answer = JsonNodeFactory.instance.objectNode();
    answer.set("tenant_specific_overrides", conf.overrides());
    answer.set("effective_config", conf.effective());
    return Answer.ok(answer);
  }

  private Answer putConfig(Call call) {
    var body = call.body();
    var id = body.tenantId(TENANT_ID);
    var settings = settings(body);
    call.pass().require(id);
    tenancy.replaceConf(id, settings);
    return Answer.empty(200);
  }

  private Answer patchConfig(Call call) {
    var body = call.body();
    var id = body.tenantId(TENANT_ID);
    var settings = settings(body);
    call.pass().require(id);
    tenancy.patchConf(id, settings);
    return Answer.empty(200);
  }

  private Answer syntheticSize(Call call) {
    var id = tenancy.attached(call.tenant()).id();
    return Answer.ok(new SyntheticSize(data).json(id, tenancy.timelines(id)));
  }

  private static JsonNode settings(JsonBody body) {
    var settings = body.node().deepCopy();
    settings.remove(TENANT_ID);
    settings
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!TenantConf.knows(name)) {
                throw body.refuse("unknown field `" + name + "`");
              }
            });
    try {
      TenantConf.of(settings);
    } catch (IllegalArgumentException e) {
      throw body.refuse(e.getMessage());
    }
    return settings;
  }

  private static ObjectNode info(TenantRow row) {
    var node = JsonNodeFactory.instance.objectNode().put("id", row.id().value());
    node.putObject("state").put("slug", "Active");
    node.putNull("current_physical_size");
    node.putObject("attachment_status").put("slug", "attached");
    return node;
  }
}
