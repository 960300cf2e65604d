package dev.neonstack.controlplane.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.DatabaseEntry;
import dev.neonstack.controlplane.catalog.EndpointDefaults;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.compute.EndpointStatus;
import dev.neonstack.neon.controlplane.ControlPlaneJson;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** What exists, in the JSON of Neon's public API. */
final class Views {
  private static final int USUAL_PORT = 5432;

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
    var json = listed(project);
    json.put("data_storage_bytes_hour", 0);
    json.put("data_transfer_bytes", 0);
    json.put("written_data_bytes", 0);
    json.put("compute_time_seconds", 0);
    json.put("active_time_seconds", 0);
    var month = YearMonth.now(ZoneOffset.UTC);
    json.put("consumption_period_start", beginning(month));
    json.put("consumption_period_end", beginning(month.plusMonths(1)));
    json.remove("active_time");
    return json;
  }

  private static String beginning(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
  }

  /** A project as lists show it. Nothing is billed, so that every figure for that is 0. */
  static ObjectNode listed(Project project) {
    var json = object();
    json.put("id", project.id().value());
    json.put("platform_id", Installation.NAME);
    json.put("region_id", project.region().orElse(Installation.REGION));
    json.put("name", project.name());
    json.put("provisioner", Installation.NAME);
    json.set("default_endpoint_settings", defaults(project.defaults()));
    json.set("settings", settings(project));
    json.put("pg_version", project.pgVersion());
    json.put("proxy_host", "");
    json.put("branch_logical_size_limit", 0);
    json.put("branch_logical_size_limit_bytes", 0);
    json.put("store_passwords", true);
    json.put("active_time", 0);
    json.put("cpu_used_sec", 0);
    json.put("creation_source", Installation.NAME);
    json.put("history_retention_seconds", project.historyRetention().toSeconds());
    json.put("owner_id", Installation.USER_ID);
    project.defaultBranch().ifPresent(id -> json.put("default_branch_id", id.value()));
    json.put("created_at", project.createdAt().toString());
    json.put("updated_at", project.updatedAt().toString());
    return json;
  }

  private static ObjectNode defaults(EndpointDefaults defaults) {
    var json = object();
    json.put("autoscaling_limit_min_cu", defaults.minCu());
    json.put("autoscaling_limit_max_cu", defaults.maxCu());
    json.put("suspend_timeout_seconds", defaults.suspendTimeoutSeconds());
    var settings = json.putObject("pg_settings");
    defaults.pgSettings().forEach(settings::put);
    return json;
  }

  /** There are no quotas, and everybody who reaches an endpoint may try to log in. */
  private static ObjectNode settings(Project project) {
    var json = object();
    json.put("enable_logical_replication", project.logicalReplication());
    var quota = json.putObject("quota");
    List.of(
            "active_time_seconds",
            "compute_time_seconds",
            "written_data_bytes",
            "data_transfer_bytes",
            "logical_size_bytes")
        .forEach(name -> quota.put(name, 0));
    json.putObject("allowed_ips").put("protected_branches_only", false).putArray("ips");
    json.put("block_public_connections", false);
    json.put("block_vpc_connections", false);
    json.put("hipaa", false);
    return json;
  }

  static ObjectNode branch(Project project, Branch branch) {
    var json = object();
    json.put("id", branch.id().value());
    json.put("project_id", branch.project().value());
    var origin = branch.origin();
    origin.parent().ifPresent(id -> json.put("parent_id", id.value()));
    origin.parentLsn().ifPresent(lsn -> json.put("parent_lsn", lsn.toString()));
    origin.parentTimestamp().ifPresent(time -> json.put("parent_timestamp", time.toString()));
    json.put("name", branch.name());
    json.put("current_state", branch.state() == BranchState.CREATING ? "init" : "ready");
    json.put("state_changed_at", branch.updatedAt().toString());
    json.put("creation_source", Installation.NAME);
    var isDefault = project.defaultBranch().filter(branch.id()::equals).isPresent();
    json.put("default", isDefault);
    json.put("primary", isDefault);
    json.put("protected", branch.protectedBranch());
    json.put("cpu_used_sec", 0);
    json.put("compute_time_seconds", 0);
    json.put("active_time_seconds", 0);
    json.put("written_data_bytes", 0);
    json.put("data_transfer_bytes", 0);
    branch.expiresAt().ifPresent(time -> json.put("expires_at", time.toString()));
    json.put("created_at", branch.createdAt().toString());
    json.put("updated_at", branch.updatedAt().toString());
    return json;
  }

  /** What the branch's maker wrote down about it. */
  static ObjectNode annotation(Branch branch) {
    var json = object();
    json.putObject("object").put("type", "console/branch").put("id", branch.id().value());
    var value = json.putObject("value");
    branch.annotations().forEach(value::put);
    json.put("created_at", branch.createdAt().toString());
    json.put("updated_at", branch.createdAt().toString());
    return json;
  }

  static ObjectNode endpoint(EndpointEntry endpoint, EndpointStatus status) {
    var json = object();
    var host = host(endpoint);
    json.put("host", host);
    json.put("id", endpoint.id());
    var shape = endpoint.shape();
    shape.name().ifPresent(name -> json.put("name", name));
    json.put("project_id", endpoint.project().value());
    json.put("branch_id", endpoint.branch().value());
    json.put("port", endpoint.port());
    json.put("autoscaling_limit_min_cu", shape.minCu());
    json.put("autoscaling_limit_max_cu", shape.maxCu());
    json.put("region_id", Installation.REGION);
    json.set("type", ControlPlaneJson.mapper().valueToTree(shape.type()));
    json.set("current_state", ControlPlaneJson.mapper().valueToTree(status.state()));
    status.failure().ifPresent(reason -> json.put("failure", reason));
    var settings = json.putObject("settings").putObject("pg_settings");
    shape.pgSettings().forEach(settings::put);
    json.put("pooler_enabled", shape.pooler());
    json.put("pooler_mode", "transaction");
    json.put("disabled", false);
    json.put("passwordless_access", false);
    json.put("creation_source", Installation.NAME);
    json.put("proxy_host", host);
    json.put("suspend_timeout_seconds", shape.suspendTimeoutSeconds());
    json.put("provisioner", Installation.NAME);
    json.put("created_at", endpoint.createdAt().toString());
    json.put("updated_at", endpoint.updatedAt().toString());
    return json;
  }

  /** With the port where it is not the usual one: clients put this into connection strings. */
  static String host(EndpointEntry endpoint) {
    return endpoint.port() == USUAL_PORT
        ? endpoint.host()
        : endpoint.host() + ":" + endpoint.port();
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
