package dev.neonstack.emulator.http;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.emulator.TimelineData;
import dev.neonstack.emulator.meta.ApiError;
import dev.neonstack.emulator.meta.Archival;
import dev.neonstack.emulator.meta.Creation;
import dev.neonstack.emulator.meta.Detachment;
import dev.neonstack.emulator.meta.Removal;
import dev.neonstack.emulator.meta.Tenancy;
import dev.neonstack.emulator.meta.TimelineRow;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Timelines: making, showing, archiving, detaching and deleting them. */
final class TimelineResource {
  private static final String TIMELINES = "/v1/tenant/:tenant/timeline";
  private static final String TIMELINE = TIMELINES + "/:timeline";
  private static final String WITH_SIZE = "include-non-incremental-logical-size";
  private static final Set<String> DETACH_BEHAVIOURS = Set.of("no_ancestor_and_reparent", "v1");
  private static final Set<String> DETACH_BEHAVIOURS_MISSING =
      Set.of("multi_level_and_no_reparent", "v2");

  /** The rules that timelines live by. */
  record Rules(Creation creation, Removal removal, Archival archival, Detachment detachment) {}

  private final Tenancy tenancy;
  private final Rules rules;
  private final TimelineView view;

  TimelineResource(Tenancy tenancy, Rules rules, TimelineData data) {
    this.tenancy = tenancy;
    this.rules = rules;
    this.view = new TimelineView(data);
  }

  void register(Router router) {
    router
        .addUnguarded("POST", TIMELINES, this::create)
        .add("GET", TIMELINES, this::list)
        .add("GET", "/v1/tenant/:tenant/timeline_and_offloaded", this::listWithOffloaded)
        .add("GET", TIMELINE, this::get)
        .add("DELETE", TIMELINE, this::delete)
        .add("PUT", TIMELINE + "/archival_config", this::archive)
        .add("PUT", TIMELINE + "/detach_ancestor", this::detach);
  }

  private Answer create(Call call) {
    call.namedTenant();
    var request = CreateBody.read(call.body());
    var tenant = call.tenant();
    var made = rules.creation().create(tenant, request);
    return Answer.written(201, json -> view.write(json, made, false));
  }

  private Answer list(Call call) {
    var rows = tenancy.timelines(call.tenant());
    var withSize = call.flagQuery(WITH_SIZE);
    return Answer.written(200, json -> writeAll(json, rows, withSize));
  }

  private Answer listWithOffloaded(Call call) {
    var tenant = call.tenant();
    var rows = tenancy.timelines(tenant);
    var offloaded = tenancy.offloaded(tenant);
    var withSize = call.flagQuery(WITH_SIZE);
    return Answer.written(
        200,
        json -> {
          json.writeStartObject();
          json.writeFieldName("timelines");
          writeAll(json, rows, withSize);
          json.writeFieldName("offloaded");
          json.writeStartArray();
          for (var row : offloaded) {
            TimelineView.writeOffloaded(json, row);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private Answer get(Call call) {
    var row = tenancy.timeline(call.tenant(), call.timeline());
    var withSize = call.flagQuery(WITH_SIZE);
    return Answer.written(200, json -> view.write(json, row, withSize));
  }

  private Answer delete(Call call) {
    rules.removal().delete(call.tenant(), call.timeline());
    return Answer.empty(202);
  }

  private Answer archive(Call call) {
    var tenant = call.tenant();
    var timeline = call.timeline();
    var body = call.body();
    var state = body.required("state").asText();
    switch (state) {
      case "Archived" -> rules.archival().archive(tenant, timeline);
      case "Unarchived" -> rules.archival().unarchive(tenant, timeline);
      default ->
          throw body.refuse(
              "state: unknown variant `" + state + "`, expected `Archived` or `Unarchived`");
    }
    return Answer.empty(200);
  }

  private Answer detach(Call call) {
    var tenant = call.tenant();
    var timeline = call.timeline();
    var behaviour = call.query("detach_behavior").orElse("no_ancestor_and_reparent");
    if (DETACH_BEHAVIOURS_MISSING.contains(behaviour)) {
      throw ApiError.unsupported("detach_behavior " + behaviour + " is");
    }
    if (!DETACH_BEHAVIOURS.contains(behaviour)) {
      throw ApiError.badRequest(
          "cannot parse query param detach_behavior: cannot parse detach behavior");
    }
    var answer = JsonNodeFactory.instance.objectNode();
    var ids = answer.putArray("reparented_timelines");
    rules.detachment().detach(tenant, timeline).forEach(id -> ids.add(id.value()));
    return Answer.ok(answer);
  }

  private void writeAll(JsonGenerator json, List<TimelineRow> rows, boolean withSize)
      throws IOException {
    json.writeStartArray();
    for (var row : rows) {
      view.write(json, row, withSize);
    }
    json.writeEndArray();
  }
}
