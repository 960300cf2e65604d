package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.provider.table.Formats;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ids by which the engine knows resources. */
final class Ids {

  private Ids() {}

  /** The id of a branch. */
  record BranchRef(TenantId project, TimelineId branch) {
    static BranchRef parse(String id) {
      var parts = parts(id, 2, "<tenantId>/<branchId>");
      return new BranchRef(projectIn(id, parts[0]), branchIn(id, parts[1]));
    }

    @Override
    public String toString() {
      return project + "/" + branch;
    }
  }

  /** The id of an endpoint. */
  record EndpointRef(TenantId project, String endpoint) {
    static EndpointRef parse(String id) {
      var parts = parts(id, 2, "<tenantId>/<endpointId>");
      return new EndpointRef(projectIn(id, parts[0]), parts[1]);
    }

    @Override
    public String toString() {
      return project + "/" + endpoint;
    }
  }

  /** The id of something with a name inside a branch. */
  record NamedRef(BranchRef branch, String name) {
    static NamedRef parse(String id) {
      var parts = parts(id, 3, "<tenantId>/<branchId>/<name>");
      return new NamedRef(new BranchRef(projectIn(id, parts[0]), branchIn(id, parts[1])), parts[2]);
    }

    @Override
    public String toString() {
      return branch + "/" + name;
    }
  }

  /** The stack and its project that a URN begins with. */
  static List<String> stackOf(String urn) {
    return Arrays.stream(urn.split("::")).limit(2).toList();
  }

  static TenantId project(String id) {
    return projectIn(id, id);
  }

  private static TenantId projectIn(String id, String part) {
    return required(id, Formats.tenant(part), "the tenant id");
  }

  private static TimelineId branchIn(String id, String part) {
    return required(id, Formats.timeline(part), "the branch id");
  }

  private static <T> T required(String id, Optional<T> part, String what) {
    return part.orElseThrow(
        () ->
            new RefusedException(
                "the id is '" + id + "'; expected " + what + " in it as " + Formats.ID_FORM));
  }

  private static String[] parts(String id, int number, String form) {
    var parts = id.split("/", number);
    if (parts.length != number || parts[number - 1].isEmpty()) {
      throw new RefusedException("the id is '" + id + "'; expected " + form);
    }
    return parts;
  }
}
