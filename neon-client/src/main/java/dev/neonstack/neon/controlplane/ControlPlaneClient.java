package dev.neonstack.neon.controlplane;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.ControlPlaneException.Kind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls the control plane. Every method makes one call and repeats nothing; {@link
 * ControlPlaneException#kind()} says whether the caller may.
 */
public final class ControlPlaneClient {
  private static final Duration ORDINARY = Duration.ofSeconds(60);

  /** A Postgres may have to wait for its branch's data, and that for storage. */
  private static final Duration START = Duration.ofSeconds(310);

  private static final String OURS = "/neonstack/v1/projects";
  private static final String PUBLIC = "/api/v2/projects";

  private final ControlPlaneHttp http;

  /** A client of the control plane at that place. */
  public ControlPlaneClient(ControlPlaneOptions options) {
    this.http = new ControlPlaneHttp(options);
  }

  // Registration

  /** Makes a project known, or changes what is known of it. */
  public RegisteredProject registerProject(ProjectRegistration project) {
    return read(put(OURS + "/" + project.id(), tree(project)), "project", RegisteredProject.class);
  }

  /** All projects. */
  public List<RegisteredProject> projects() {
    return list(get(OURS), "projects", RegisteredProject.class);
  }

  /** The projects that this owner declares. */
  public List<RegisteredProject> projectsOwnedBy(String owner) {
    return list(get(OURS + "?owner=" + encode(owner)), "projects", RegisteredProject.class);
  }

  /** The project, unless the control plane has never heard of it. */
  public Optional<RegisteredProject> project(TenantId id) {
    return found(() -> read(get(OURS + "/" + id), "project", RegisteredProject.class));
  }

  /** Stops and forgets everything of the project; storage is not touched. Idempotent. */
  public void forgetProject(TenantId id) {
    call("DELETE", OURS + "/" + id, Optional.empty(), START);
  }

  /**
   * Makes a branch known, or changes what is known of it.
   *
   * @throws ControlPlaneException of kind CONFLICT when a branch of another owner has the name
   */
  public RegisteredBranch registerBranch(TenantId project, BranchRegistration branch) {
    return read(put(ours(project, branch.id()), tree(branch)), "branch", RegisteredBranch.class);
  }

  /** The branches of the project that this owner declares. */
  public List<RegisteredBranch> branchesOwnedBy(TenantId project, String owner) {
    return list(
        get(OURS + "/" + project + "/branches?owner=" + encode(owner)),
        "branches",
        RegisteredBranch.class);
  }

  /** All branches of the project. */
  public List<RegisteredBranch> branches(TenantId project) {
    return list(get(OURS + "/" + project + "/branches"), "branches", RegisteredBranch.class);
  }

  /** The branch, unless the control plane has never heard of it. */
  public Optional<RegisteredBranch> branch(TenantId project, TimelineId id) {
    return found(() -> read(get(ours(project, id)), "branch", RegisteredBranch.class));
  }

  /**
   * Asks that nothing is made from the branch any more, and stops its endpoints, as its timeline is
   * about to be deleted from storage. It cannot be taken back: the control plane goes on with the
   * deletion when the caller does not.
   *
   * @throws ControlPlaneException of kind NOT_FOUND when the branch was never registered, and of
   *     kind REFUSED when it has children, or is protected
   */
  public void beginRemoval(TenantId project, TimelineId id) {
    call("POST", ours(project, id) + "/removal", Optional.empty(), START);
  }

  /**
   * Stops and removes the branch's endpoints and forgets its roles and databases; storage is not
   * touched. Idempotent.
   */
  public void forgetBranch(TenantId project, TimelineId id) {
    call("DELETE", ours(project, id), Optional.empty(), START);
  }

  // Endpoints

  /**
   * Makes an endpoint and waits until its Postgres accepts connections.
   *
   * @throws ControlPlaneException of kind CONFLICT when the branch has one that may write
   */
  public Endpoint createEndpoint(TenantId project, EndpointCreate endpoint) {
    var body = object();
    body.set("endpoint", EndpointJson.of(endpoint));
    return EndpointJson.endpoint(call("POST", endpointsPath(project), Optional.of(body), START));
  }

  /**
   * Makes nothing, and fails as a creation would whatever the branch: for what the control plane
   * cannot run, and for settings that Postgres refuses. The branch of the endpoint is not looked
   * at.
   *
   * @throws ControlPlaneException of kind REFUSED with the reason
   */
  public void checkEndpoint(TenantId project, EndpointCreate endpoint) {
    var body = object();
    body.set("endpoint", EndpointJson.of(endpoint).without("branch_id"));
    call(
        "POST",
        "/neonstack/v1/projects/" + project + "/endpoints/check",
        Optional.of(body),
        ORDINARY);
  }

  /** The endpoint; waits for it when the control plane is just starting it after a restart. */
  public Optional<Endpoint> endpoint(TenantId project, String id) {
    return found(
        () ->
            EndpointJson.endpoint(
                call("GET", endpointsPath(project) + "/" + id, Optional.empty(), START)));
  }

  /** All endpoints of the project. */
  public List<Endpoint> endpoints(TenantId project) {
    return EndpointJson.endpoints(get(endpointsPath(project)));
  }

  /** Changes the endpoint; new settings of PostgreSQL restart one that runs. */
  public Endpoint updateEndpoint(TenantId project, String id, EndpointUpdate update) {
    var body = object();
    body.set("endpoint", EndpointJson.of(update));
    return EndpointJson.endpoint(
        call("PATCH", endpointsPath(project) + "/" + id, Optional.of(body), START));
  }

  /** Stops and removes the endpoint. Not being there is fine. */
  public void deleteEndpoint(TenantId project, String id) {
    gone(() -> call("DELETE", endpointsPath(project) + "/" + id, Optional.empty(), START));
  }

  /** Starts the endpoint, if need be, and waits until its Postgres accepts connections. */
  public Endpoint startEndpoint(TenantId project, String id) {
    return EndpointJson.endpoint(
        call("POST", endpointsPath(project) + "/" + id + "/start", Optional.empty(), START));
  }

  /** Stops the endpoint's Postgres and keeps everything else. */
  public Endpoint suspendEndpoint(TenantId project, String id) {
    return EndpointJson.endpoint(
        call("POST", endpointsPath(project) + "/" + id + "/suspend", Optional.empty(), START));
  }

  // Roles and databases

  /**
   * Makes the role or takes over the one of that name. A given password is set; without one, an
   * existing role keeps its own and a new role gets a drawn one.
   */
  public Role putRole(TenantId project, TimelineId branch, String name, Optional<String> password) {
    var body = object();
    password.ifPresent(given -> body.put("password", given));
    var path = ours(project, branch) + "/roles/" + encode(name);
    return role(branch, call("PUT", path, Optional.of(body), START).path("role"));
  }

  /** The role with its password. */
  public Optional<Role> role(TenantId project, TimelineId branch, String name) {
    var path = ours(project, branch) + "/roles/" + encode(name);
    return found(() -> role(branch, call("GET", path, Optional.empty(), START).path("role")));
  }

  private static Role role(TimelineId branch, JsonNode json) {
    return new Role(
        branch, text(json, "name"), Optional.ofNullable(json.path("password").textValue()));
  }

  /**
   * Gives the role another name; its password and what it owns stay.
   *
   * @throws ControlPlaneException of kind CONFLICT when a role has the new name
   */
  public void renameRole(TenantId project, TimelineId branch, String name, String newName) {
    rename(ours(project, branch) + "/roles/" + encode(name), newName);
  }

  private void rename(String path, String newName) {
    var body = object().put("name", newName);
    call("PATCH", path, Optional.of(body), START);
  }

  /**
   * Drops the role; databases that it owns go to the group of all roles. Not being there is fine.
   */
  public void deleteRole(TenantId project, TimelineId branch, String name) {
    gone(() -> delete(ours(project, branch) + "/roles/" + encode(name)));
  }

  /** Makes the database or takes over the one of that name, and gives it to the owner. */
  public Database putDatabase(TenantId project, TimelineId branch, String name, String owner) {
    var body = object().put("owner_name", owner);
    var path = ours(project, branch) + "/databases/" + encode(name);
    return database(branch, call("PUT", path, Optional.of(body), START).path("database"));
  }

  /**
   * Gives the database another name and ends the connections to it.
   *
   * @throws ControlPlaneException of kind CONFLICT when a database has the new name
   */
  public void renameDatabase(TenantId project, TimelineId branch, String name, String newName) {
    rename(ours(project, branch) + "/databases/" + encode(name), newName);
  }

  /** The database. */
  public Optional<Database> database(TenantId project, TimelineId branch, String name) {
    var path = branchPath(project, branch, "databases", name);
    return found(
        () -> database(branch, call("GET", path, Optional.empty(), START).path("database")));
  }

  /** All databases of the branch. */
  public List<Database> databases(TenantId project, TimelineId branch) {
    var path = PUBLIC + "/" + project + "/branches/" + branch + "/databases";
    return list(
        call("GET", path, Optional.empty(), START).path("databases"),
        json -> database(branch, json));
  }

  /** Drops the database with its data. Not being there is fine. */
  public void deleteDatabase(TenantId project, TimelineId branch, String name) {
    gone(() -> delete(branchPath(project, branch, "databases", name)));
  }

  /**
   * A connection string with the password in it: secret. Waits for the endpoint when the control
   * plane is just starting it after a restart.
   */
  public String connectionUri(
      TenantId project, TimelineId branch, String database, String role, boolean pooled) {
    var path =
        PUBLIC
            + ("/" + project + "/connection_uri")
            + ("?branch_id=" + branch)
            + ("&database_name=" + encode(database))
            + ("&role_name=" + encode(role))
            + ("&pooled=" + pooled);
    return text(call("GET", path, Optional.empty(), START), "uri");
  }

  private JsonNode get(String path) {
    return call("GET", path, Optional.empty(), ORDINARY);
  }

  private JsonNode put(String path, JsonNode body) {
    return call("PUT", path, Optional.of(body), ORDINARY);
  }

  private JsonNode delete(String path) {
    return call("DELETE", path, Optional.empty(), START);
  }

  private JsonNode call(String method, String path, Optional<JsonNode> body, Duration wait) {
    return http.call(method, path, body, wait);
  }

  private static String ours(TenantId project, TimelineId branch) {
    return OURS + "/" + project + "/branches/" + branch;
  }

  private static String endpointsPath(TenantId project) {
    return PUBLIC + "/" + project + "/endpoints";
  }

  private static String branchPath(TenantId project, TimelineId branch, String kind, String name) {
    return PUBLIC + "/" + project + "/branches/" + branch + "/" + kind + "/" + encode(name);
  }

  private static Database database(TimelineId branch, JsonNode json) {
    return new Database(branch, text(json, "name"), text(json, "owner_name"));
  }

  private static <T> Optional<T> found(Supplier<T> call) {
    try {
      return Optional.of(call.get());
    } catch (ControlPlaneException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static void gone(Supplier<JsonNode> call) {
    found(call);
  }

  private static <T> T read(JsonNode answer, String key, Class<T> type) {
    return convert(answer.path(key), type);
  }

  private static <T> List<T> list(JsonNode answer, String key, Class<T> type) {
    return list(answer.path(key), element -> convert(element, type));
  }

  static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
    var found = new ArrayList<T>();
    array.forEach(element -> found.add(reader.apply(element)));
    return List.copyOf(found);
  }

  static <T> T convert(JsonNode json, Class<T> type) {
    try {
      return Optional.ofNullable(ControlPlaneJson.mapper().treeToValue(json, type))
          .orElseThrow(() -> unreadable(type.getSimpleName()));
    } catch (JsonProcessingException e) {
      throw unreadable(type.getSimpleName());
    }
  }

  static String text(JsonNode json, String key) {
    var value = json.path(key);
    if (!value.isTextual()) {
      throw unreadable(key);
    }
    return value.textValue();
  }

  private static ControlPlaneException unreadable(String what) {
    return new ControlPlaneException(
        Kind.FAILED,
        OptionalInt.empty(),
        "the control plane's answer holds no readable "
            + what
            + "; are both sides of the same version?");
  }

  private static JsonNode tree(Object value) {
    return ControlPlaneJson.mapper().valueToTree(value);
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
