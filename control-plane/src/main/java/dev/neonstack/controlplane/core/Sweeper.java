package dev.neonstack.controlplane.core;

import dev.neonstack.controlplane.branch.Branches;
import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.operation.Tools;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.controlplane.project.Projects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes expired branches, and carries on with what was left unfinished. Children go before their
 * parents; what is protected or has a child that stays is kept, and said so once.
 */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  private final Tools tools;
  private final Projects projects;
  private final Branches branches;
  private final Set<BranchKey> kept = ConcurrentHashMap.newKeySet();
  private final Set<Object> waiting = ConcurrentHashMap.newKeySet();

  Sweeper(Tools tools, Projects projects, Branches branches) {
    this.tools = tools;
    this.projects = projects;
    this.branches = branches;
  }

  void sweep() {
    finishUnfinished();
    var progress = true;
    while (progress) {
      progress = false;
      for (var branch : tools.store().content().branches().values()) {
        if (isExpired(branch)) {
          progress |= expire(branch);
        }
      }
    }
  }

  private boolean isExpired(Branch branch) {
    return branch.state() == BranchState.READY
        && branch.expiresAt().filter(time -> !time.isAfter(tools.now())).isPresent();
  }

  private boolean expire(Branch branch) {
    try {
      branches.remove(branch.key());
      kept.remove(branch.key());
      LOG.info("Branch {} expired at {} and is deleted", branch.label(), branch.expiresAt().get());
      return true;
    } catch (Problem e) {
      if (kept.add(branch.key())) {
        LOG.warn("Branch {} is expired and kept: {}", branch.label(), e.getMessage());
      }
      return false;
    }
  }

  private void finishUnfinished() {
    var content = tools.store().content();
    content.branches().values().stream()
        .filter(Branches::isUnfinished)
        .forEach(branch -> guarded(branch.key(), () -> branches.finish(branch.key())));
    content.projects().values().stream()
        .filter(Project::deleting)
        .forEach(project -> guarded(project.id(), () -> projects.finishDeletion(project.id())));
  }

  /** One that has to wait holds up no other; a request at work on it is no reason to speak. */
  private void guarded(Object what, Runnable work) {
    try {
      work.run();
      waiting.remove(what);
    } catch (Problem e) {
      if (e.kind() != Problem.Kind.LOCKED && waiting.add(what)) {
        LOG.warn("Unfinished work on {} has to wait: {}", what, e.getMessage());
      }
    }
  }
}
