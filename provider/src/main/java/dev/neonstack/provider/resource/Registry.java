package dev.neonstack.provider.resource;

import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneException;
import dev.neonstack.neon.controlplane.ControlPlaneException.Kind;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import dev.neonstack.neon.controlplane.RegisteredBranch;
import dev.neonstack.neon.controlplane.RegisteredProject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the control plane knows of branches; nothing at all when there is none. */
final class Registry {
  private static final int DEFAULT_PG_VERSION = 17;
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  private final Call call;
  private final Optional<ControlPlaneClient> controlPlane;

  Registry(Call call) {
    this.call = call;
    this.controlPlane = call.controlPlane();
  }

  /** The branches that were registered for this resource. */
  List<RegisteredBranch> owned(TenantId project) {
    return ask(
            "looking for what an earlier run left",
            cp -> known(() -> cp.branchesOwnedBy(project, call.urn())))
        .orElse(List.of());
  }

  /** Registers a branch; a project that storage has and the control plane has not comes with it. */
  Optional<RegisteredBranch> register(TenantId project, BranchRegistration branch) {
    return ask(
        "registering branch '" + branch.name() + "'",
        cp -> withProject(project, () -> cp.registerBranch(project, branch)));
  }

  private <T> T withProject(TenantId project, Supplier<T> registration) {
    try {
      return registration.get();
    } catch (ControlPlaneException e) {
      var cp = controlPlane.orElseThrow();
      if (e.kind() != Kind.NOT_FOUND || cp.project(project).isPresent()) {
        throw e;
      }
      if (!call.storage().tenantExists(project)) {
        throw new RefusedException(
            "project "
                + project
                + " does not exist; give the tenantId of a Project, or create it first",
            e);
      }
      cp.registerProject(
          new ProjectRegistration(
              project,
              project.value(),
              DEFAULT_PG_VERSION,
              DEFAULT_RETENTION,
              Optional.empty(),
              Optional.empty()));
      return registration.get();
    }
  }

  /** All projects. */
  List<RegisteredProject> projects() {
    return ask("listing projects", ControlPlaneClient::projects).orElse(List.of());
  }

  /** All branches of the project. */
  List<RegisteredBranch> all(TenantId project) {
    return ask("listing the names of branches", cp -> known(() -> cp.branches(project)))
        .orElse(List.of());
  }

  /** Nothing is registered in a project that is not registered. */
  private static List<RegisteredBranch> known(Supplier<List<RegisteredBranch>> list) {
    try {
      return list.get();
    } catch (ControlPlaneException e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }

  /** What is known of one branch. */
  Optional<RegisteredBranch> branch(TenantId project, TimelineId id) {
    return ask("reading what is registered of branch " + id, cp -> cp.branch(project, id))
        .flatMap(found -> found);
  }

  /** The version that roots of the project get when they ask for none. */
  int pgVersion(TenantId project) {
    return ask("reading project " + project, cp -> cp.project(project))
        .flatMap(found -> found)
        .map(known -> known.pgVersion())
        .orElse(DEFAULT_PG_VERSION);
  }

  /**
   * Announces that storage is asked for the branch, as after that its parent stays. Somebody else
   * may have its name by then; its id is nobody's.
   */
  void announce(TenantId project, BranchRegistration branch) {
    try {
      register(project, branch);
    } catch (ControlPlaneException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
      register(project, branch.named(branch.id().value()));
    }
  }

  /** Announces that the branch is deleted from storage: nothing is made from it after that. */
  void beginRemoval(TenantId project, TimelineId id) {
    ask(
        "announcing the deletion of branch " + id,
        cp -> {
          try {
            cp.beginRemoval(project, id);
          } catch (ControlPlaneException e) {
            if (e.kind() != Kind.NOT_FOUND) {
              throw e;
            }
            new Branches(call, cp).register(project, id);
            cp.beginRemoval(project, id);
          }
          return true;
        });
  }

  /** Stops the branch's endpoints and forgets it. */
  void forget(TenantId project, TimelineId id) {
    ask(
        "forgetting branch " + id,
        cp -> {
          cp.forgetBranch(project, id);
          return true;
        });
  }

  /** The branches as people call them; an id where no name is known. */
  String named(TenantId project, List<TimelineId> ids) {
    var names = names(project);
    return String.join(
        ", ",
        ids.stream()
            .map(id -> names.containsKey(id) ? "'" + names.get(id) + "' (" + id + ")" : id.value())
            .sorted()
            .toList());
  }

  private Map<TimelineId, String> names(TenantId project) {
    var names = new HashMap<TimelineId, String>();
    try {
      controlPlane.ifPresent(
          cp -> cp.branches(project).forEach(branch -> names.put(branch.id(), branch.name())));
    } catch (ControlPlaneException e) {
      names.clear(); // the ids alone say it too
    }
    return names;
  }

  private interface Question<T> {
    T ask(ControlPlaneClient controlPlane);
  }

  private <T> Optional<T> ask(String what, Question<T> question) {
    return controlPlane.map(cp -> call.patience().settle(what, () -> question.ask(cp)));
  }
}
