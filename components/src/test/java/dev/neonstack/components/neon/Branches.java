package dev.neonstack.components.neon;

import dev.neonstack.neon.Lsn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Builds the branches of tests: by default with an endpoint, without roles and databases. */
final class Branches {
  static final BranchLifetime PROTECTED =
      new BranchLifetime(true, Optional.empty(), Optional.empty());

  private final String name;
  private Optional<BranchOrigin> origin;
  private BranchLifetime lifetime = BranchLifetime.UNTIL_REMOVED;
  private boolean archived;
  private Optional<EndpointSpec> endpoint = Optional.of(EndpointSpec.DEFAULT);
  private List<RoleSpec> roles = List.of();
  private List<DatabaseSpec> databases = List.of();
  private List<String> formerNames = List.of();

  private Branches(String name, Optional<BranchOrigin> origin) {
    this.name = name;
    this.origin = origin;
  }

  static ProjectSpec project(BranchSpec... branches) {
    return new ProjectSpec(
        "demo", 16, Duration.ofHours(36), Optional.of("here"), List.of(branches), List.of());
  }

  static Branches root(String name) {
    return new Branches(name, Optional.empty());
  }

  /** A root with a role and a database. */
  static Branches main() {
    return root("main")
        .roles(new RoleSpec("app", Optional.empty(), List.of()))
        .databases(new DatabaseSpec("appdb", "app", List.of()));
  }

  static Branches child(String name, String parent) {
    return new Branches(
        name, Optional.of(new BranchOrigin(parent, Optional.empty(), Optional.empty())));
  }

  Branches origin(Optional<Lsn> lsn, Optional<Instant> timestamp) {
    origin = origin.map(start -> new BranchOrigin(start.parent(), lsn, timestamp));
    return this;
  }

  Branches lifetime(BranchLifetime lives) {
    lifetime = lives;
    return this;
  }

  Branches archived() {
    archived = true;
    return withoutEndpoint();
  }

  Branches withoutEndpoint() {
    endpoint = Optional.empty();
    return this;
  }

  Branches endpoint(EndpointSpec server) {
    endpoint = Optional.of(server);
    return this;
  }

  Branches roles(RoleSpec... declared) {
    roles = List.of(declared);
    return this;
  }

  Branches databases(DatabaseSpec... declared) {
    databases = List.of(declared);
    return this;
  }

  Branches renamedFrom(String... names) {
    formerNames = List.of(names);
    return this;
  }

  BranchSpec spec() {
    return new BranchSpec(
        name, origin, lifetime, archived, endpoint, roles, databases, formerNames);
  }
}
