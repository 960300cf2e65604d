package dev.neonstack.controlplane.route;

import dev.neonstack.controlplane.port.Routes;
import dev.neonstack.controlplane.port.RunningCompute;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells running computes where storage is when that changes. In a live migration the storage
 * controller waits for the answer with the old pageserver still attached, so that it is {@link
 * Verdict#DONE} only when every compute of the project reads from the new one. After that answer it
 * does not tell again; so all are compared with storage from time to time besides.
 */
public final class RouteKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(RouteKeeper.class);

  private final Routes routes;

  public RouteKeeper(Routes routes) {
    this.routes = routes;
  }

  /** The project is attached elsewhere. */
  public Verdict attached(TenantId project) {
    return told(
        routes.computes().stream().filter(one -> one.project().equals(project)).toList(), 0);
  }

  /** The branch has these safekeepers since that generation. */
  public Verdict safekeepers(
      TenantId project, TimelineId branch, long generation, Set<Long> members) {
    var computes =
        routes.computes().stream()
            .filter(one -> one.project().equals(project) && one.branch().equals(branch))
            .toList();
    if (computes.stream().anyMatch(one -> !one.listens())) {
      return Verdict.LATER;
    }
    for (var one : computes) {
      var has = one.route();
      if (has.generation() == generation && !has.safekeepers().equals(members)) {
        LOG.error(
            "Compute {} has safekeepers {} of generation {}, and the storage controller tells {}",
            one.id(),
            has.safekeepers(),
            generation,
            members);
        return Verdict.CONTRADICTION;
      }
    }
    return told(
        computes.stream().filter(one -> one.route().generation() < generation).toList(),
        generation);
  }

  private Verdict told(List<RunningCompute> computes, long generation) {
    if (computes.stream().anyMatch(one -> !one.listens())) {
      return Verdict.LATER;
    }
    var all = true;
    for (var one : computes) {
      all &= follow(one, generation);
    }
    return all ? Verdict.DONE : Verdict.LATER;
  }

  /** Compares every compute that listens with storage, and tells those that have another way. */
  public void compare() {
    routes.computes().stream()
        .filter(RunningCompute::listens)
        .forEach(
            one -> {
              var unused = follow(one, 0);
            });
  }

  /**
   * A generation never goes back: what storage says may be older than what the compute has, and
   * older than what was told.
   *
   * @param generation the least that it has to have afterwards
   */
  private boolean follow(RunningCompute one, long generation) {
    try {
      var now = routes.now(one.project(), one.branch());
      if (now.generation() < Math.max(generation, one.route().generation())) {
        return false;
      }
      if (now.equals(one.route())) {
        return true;
      }
      one.take(now);
      LOG.info("Compute {} goes to storage by another way: {}", one.id(), now);
      return true;
    } catch (Problem e) {
      LOG.warn("Compute {} cannot be told its way to storage: {}", one.id(), e.getMessage());
      return false;
    }
  }
}
