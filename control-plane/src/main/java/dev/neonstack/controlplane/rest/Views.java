package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.DatabaseEntry;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.compute.EndpointStatus;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;

/** What exists, in the JSON of Neon's public API. */
final class Views {
  /** What stands where Neon names a cloud's region. */
  private static final String REGION = "local";

  private Views() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode wrapped(String name, JsonNode value) {
    var json = object();
    json.set(name, value);
    return json;
  }

  static <T> ArrayNode list(Collection<T> values, Function<T, JsonNode> view) {
    var array = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> array.add(view.apply(value)));
    return array;
  }

  static ObjectNode project(Project project) {
    var json = object();
    json.put("id", project.id().value());
    json.put("name", project.name());
    json.put("region_id", project.region().orElse(REGION));
    json.put("pg_version", project.pgVersion());
    json.put("history_retention_seconds", project.historyRetention().toSeconds());
    project.defaultBranch().ifPresent(id -> json.put("default_branch_id", id.value()));
    json.put("created_at", project.createdAt().toString());
    json.put("updated_at", project.updatedAt().toString());
    return json;
  }

  static ObjectNode branch(Project project, Branch branch) {
    var json = object();
    json.put("id", branch.id().value());
    json.put("project_id", branch.project().value());
    json.put("name", branch.name());
    var origin = branch.origin();
    origin.parent().ifPresent(id -> json.put("parent_id", id.value()));
    origin.parentLsn().ifPresent(lsn -> json.put("parent_lsn", lsn.toString()));
    origin.parentTimestamp().ifPresent(time -> json.put("parent_timestamp", time.toString()));
    json.put("current_state", branch.state() == BranchState.CREATING ? "init" : "ready");
    var isDefault = project.defaultBranch().filter(branch.id()::equals).isPresent();
    json.put("default", isDefault);
    json.put("primary", isDefault);
    json.put("protected", branch.protectedBranch());
    branch.expiresAt().ifPresent(time -> json.put("expires_at", time.toString()));
    json.put("created_at", branch.createdAt().toString());
    json.put("updated_at", branch.updatedAt().toString());
    return json;
  }

  static ObjectNode endpoint(EndpointEntry endpoint, EndpointStatus status) {
    var json = object();
    json.put("id", endpoint.id());
    json.put("project_id", endpoint.project().value());
    json.put("branch_id", endpoint.branch().value());
    json.put("host", endpoint.host());
    json.put("port", endpoint.port());
    json.put("region_id", REGION);
    var shape = endpoint.shape();
    json.set("type", ControlPlaneJson.mapper().valueToTree(shape.type()));
    json.set("current_state", ControlPlaneJson.mapper().valueToTree(status.state()));
    status.failure().ifPresent(reason -> json.put("failure", reason));
    shape.name().ifPresent(name -> json.put("name", name));
    json.put("autoscaling_limit_min_cu", shape.minCu());
    json.put("autoscaling_limit_max_cu", shape.maxCu());
    json.put("suspend_timeout_seconds", shape.suspendTimeoutSeconds());
    json.put("pooler_enabled", shape.pooler());
    json.put("pooler_mode", "transaction");
    json.put("disabled", false);
    var settings = json.putObject("settings").putObject("pg_settings");
    shape.pgSettings().forEach(settings::put);
    json.put("created_at", endpoint.createdAt().toString());
    json.put("updated_at", endpoint.updatedAt().toString());
    return json;
  }

  static ObjectNode role(BranchKey branch, RoleEntry role) {
    var json = object();
    json.put("branch_id", branch.branch().value());
    json.put("name", role.name());
    json.put("protected", false);
    json.put("created_at", role.createdAt().toString());
    json.put("updated_at", role.updatedAt().toString());
    return json;
  }

  static ObjectNode roleWithPassword(BranchKey branch, RoleEntry role) {
    var json = role(branch, role);
    role.password().ifPresent(password -> json.put("password", password));
    return json;
  }

  static ObjectNode database(BranchKey branch, DatabaseEntry database) {
    var json = object();
    json.put("id", database.id());
    json.put("branch_id", branch.branch().value());
    json.put("name", database.name());
    json.put("owner_name", database.owner());
    json.put("created_at", database.createdAt().toString());
    json.put("updated_at", database.updatedAt().toString());
    return json;
  }

  static ObjectNode operation(Operation operation) {
    var json = object();
    json.put("id", operation.id());
    json.put("project_id", operation.project().value());
    operation.branch().ifPresent(id -> json.put("branch_id", id.value()));
    operation.endpoint().ifPresent(id -> json.put("endpoint_id", id));
    json.put("action", operation.action());
    json.set("status", ControlPlaneJson.mapper().valueToTree(operation.status()));
    operation.error().ifPresent(error -> json.put("error", error));
    json.put("failures_count", operation.error().isPresent() ? 1 : 0);
    json.put("created_at", operation.createdAt().toString());
    json.put("updated_at", operation.updatedAt().toString());
    json.put(
        "total_duration_ms",
        Duration.between(operation.createdAt(), operation.updatedAt()).toMillis());
    return json;
  }
}
