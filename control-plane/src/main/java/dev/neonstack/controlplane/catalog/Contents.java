package dev.neonstack.controlplane.catalog;

import dev.neonstack.controlplane.port.ComputeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The roles and databases of a branch, and those its Postgres may still have though they were
 * dropped while no endpoint ran.
 *
 * @param roles roles that shall exist
 * @param databases databases that shall exist
 * @param droppedRoles roles to be dropped at the next chance
 * @param droppedDatabases databases to be dropped at the next chance
 */
public record Contents(
    List<RoleEntry> roles,
    List<DatabaseEntry> databases,
    List<String> droppedRoles,
    List<String> droppedDatabases) {
  public static final Contents NONE = new Contents(List.of(), List.of(), List.of(), List.of());

  /** Keeps its own copies. */
  public Contents {
    roles = List.copyOf(roles);
    databases = List.copyOf(databases);
    droppedRoles = List.copyOf(droppedRoles);
    droppedDatabases = List.copyOf(droppedDatabases);
  }

  /** The role of that name. */
  public Optional<RoleEntry> role(String name) {
    return roles.stream().filter(role -> role.name().equals(name)).findFirst();
  }

  /** The database of that name. */
  public Optional<DatabaseEntry> database(String name) {
    return databases.stream().filter(database -> database.name().equals(name)).findFirst();
  }

  public Contents with(RoleEntry role) {
    return new Contents(
        replaced(roles, role(role.name()), role),
        databases,
        without(droppedRoles, role.name()),
        droppedDatabases);
  }

  public Contents with(DatabaseEntry database) {
    return new Contents(
        roles,
        replaced(databases, database(database.name()), database),
        droppedRoles,
        without(droppedDatabases, database.name()));
  }

  public Contents withoutRole(String name) {
    return new Contents(
        roles.stream().filter(role -> !role.name().equals(name)).toList(),
        databases,
        with(droppedRoles, name),
        droppedDatabases);
  }

  public Contents withoutDatabase(String name) {
    return new Contents(
        roles,
        databases.stream().filter(database -> !database.name().equals(name)).toList(),
        droppedRoles,
        with(droppedDatabases, name));
  }

  /** The same, once these drops are done; what was dropped since stays. */
  public Contents afterDrops(ComputeSpec done) {
    return new Contents(
        roles,
        databases,
        droppedRoles.stream().filter(name -> !done.droppedRoles().contains(name)).toList(),
        droppedDatabases.stream().filter(name -> !done.droppedDatabases().contains(name)).toList());
  }

  private static <T> List<T> replaced(List<T> list, Optional<T> old, T replacement) {
    var copy = new ArrayList<>(list);
    var place = old.map(copy::indexOf).orElse(-1);
    if (place < 0) {
      copy.add(replacement);
    } else {
      copy.set(place, replacement);
    }
    return copy;
  }

  private static List<String> with(List<String> list, String name) {
    var copy = new ArrayList<>(without(list, name));
    copy.add(name);
    return copy;
  }

  private static List<String> without(List<String> list, String name) {
    return list.stream().filter(other -> !other.equals(name)).toList();
  }
}
