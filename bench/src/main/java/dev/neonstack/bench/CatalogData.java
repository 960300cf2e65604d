package dev.neonstack.bench;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.catalog.EndpointDefaults;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.Secret;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a catalog holds: projects of a hundred branches each, which have a role and a database. */
final class CatalogData {
  /** How many branches a project has. */
  static final int BRANCHES_EACH = 100;

  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
  private static final String VERIFIER =
      "SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$"
          + "dGhlIHN0b3JlZCBrZXkgb2YgaXQgaXMgdGhpcyE=:dGhlIHNlcnZlciBrZXkgb2YgaXQgaXMgdGhpcyE=";

  private CatalogData() {}

  static Content of(int projectCount) {
    var projects = new ArrayList<Project>();
    var branches = new ArrayList<Branch>();
    for (var number = 0; number < projectCount; number++) {
      var id = TenantId.random();
      var root = branch(id, "main", Optional.empty(), branches.size());
      branches.add(root);
      for (var child = 1; child < BRANCHES_EACH; child++) {
        branches.add(branch(id, "branch-" + child, Optional.of(root.id()), branches.size()));
      }
      projects.add(project(id, "project-" + number, root.id()));
    }
    return Content.of(projects, branches, List.of(), List.of(), branches.size());
  }

  private static Project project(TenantId id, String name, TimelineId root) {
    return new Project(
        id,
        name,
        17,
        Duration.ofDays(7),
        Optional.empty(),
        Optional.empty(),
        Optional.of(root),
        EndpointDefaults.USUAL,
        false,
        false,
        THEN,
        THEN);
  }

  private static Branch branch(
      TenantId project, String name, Optional<TimelineId> parent, long number) {
    var password = "password-of-" + number;
    var app =
        new Inventory(
            List.of(new Inventory.Role("app", Optional.of(VERIFIER), true)),
            List.of(new Inventory.Database("app", "app")));
    var contents =
        Contents.UNSEEN
            .with(new Secret("app", password, VERIFIER, THEN), Duration.ofDays(7))
            .seen(app, THEN, () -> number)
            .known(Known.EXACTLY);
    return new Branch(
        project,
        TimelineId.random(),
        name,
        new Branch.Origin(parent, parent.map(id -> Lsn.parse("0/1000000")), Optional.empty()),
        false,
        Optional.empty(),
        BranchState.READY,
        Optional.empty(),
        contents,
        Map.of(),
        THEN.plusSeconds(number),
        THEN);
  }
}
