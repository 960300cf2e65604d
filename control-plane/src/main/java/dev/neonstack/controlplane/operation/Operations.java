package dev.neonstack.controlplane.operation;

import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.compute.Computes;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The record of what was done. An operation begins in the same write as the thing it is about. */
public final class Operations {
  private static final String INTERRUPTED =
      "the control plane was stopped before it was done; repeat the request";

  /** After these the thing is there. */
  private static final Set<String> BEGINS = Set.of("create_branch", "create_timeline");

  /** After these it is gone. */
  private static final Set<String> ENDS = Set.of("delete_timeline", "suspend_compute");

  private final Tools tools;

  public Operations(Tools tools) {
    this.tools = tools;
  }

  /** The operations of a project, newest first. */
  public List<Operation> of(TenantId project) {
    var content = tools.store().content();
    content.project(project);
    var found = new ArrayList<>(content.operationsOn(project));
    Collections.reverse(found);
    return found;
  }

  /** The operation, or the problem that there is none. */
  public Operation get(TenantId project, String id) {
    return Optional.ofNullable(tools.store().content().operations().get(id))
        .filter(operation -> operation.project().equals(project))
        .orElseThrow(
            () ->
                Problem.notFound(
                    "OPERATION", "there is no operation " + id + " in project " + project));
  }

  public Operation onBranch(BranchKey branch, String action) {
    return begun(branch, Optional.empty(), action);
  }

  public Operation onEndpoint(EndpointEntry endpoint, String action) {
    return begun(endpoint.branchKey(), Optional.of(endpoint.id()), action);
  }

  private Operation begun(BranchKey branch, Optional<String> endpoint, String action) {
    var now = tools.now();
    return new Operation(
        UUID.randomUUID().toString(),
        branch.project(),
        Optional.of(branch.branch()),
        endpoint,
        action,
        Operation.Status.RUNNING,
        Optional.empty(),
        now,
        now);
  }

  /** Records how the operation ended once the work has. */
  public CompletableFuture<Operation> end(Operation operation, CompletableFuture<Void> work) {
    return work.handle(
        (done, failure) -> {
          var ended =
              operation.ended(Optional.ofNullable(failure).map(Computes::messageOf), tools.now());
          tools.store().update(content -> new Store.Change<>(content.with(ended), null));
          if (failure != null) {
            throw failure instanceof CompletionException wrapped
                ? wrapped
                : new CompletionException(failure);
          }
          return ended;
        });
  }

  /**
   * Ends what a former process left running, as what became of it: that of an endpoint once it does
   * what the catalog says. What makes or deletes a branch ends with the branch's own work.
   */
  public void resume() {
    for (var operation : tools.store().content().operations().values()) {
      if (operation.status() == Operation.Status.RUNNING) {
        var unused = resumed(operation).exceptionally(failure -> operation);
      }
    }
  }

  private CompletableFuture<Operation> resumed(Operation operation) {
    var content = tools.store().content();
    if (operation.endpoint().isPresent()) {
      var id = operation.endpoint().get();
      var there = content.endpoints().containsKey(id);
      return end(
          operation,
          there ? tools.computes().settle(id) : outcome(ENDS.contains(operation.action())));
    }
    var branch = branchOf(operation).map(key -> content.branches().get(key));
    if (branch.filter(found -> found.state() != BranchState.READY).isPresent()) {
      return CompletableFuture.completedFuture(operation);
    }
    var done = branch.isPresent() ? BEGINS : ENDS;
    return end(operation, outcome(done.contains(operation.action())));
  }

  private static CompletableFuture<Void> outcome(boolean done) {
    return done
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.failedFuture(Problem.unavailable(INTERRUPTED, null));
  }

  private static Optional<BranchKey> branchOf(Operation operation) {
    return operation.branch().map(branch -> new BranchKey(operation.project(), branch));
  }

  /** What is being done with a branch itself. */
  public List<Operation> runningOn(BranchKey branch) {
    return tools.store().content().operationsOn(branch.project()).stream()
        .filter(operation -> operation.status() == Operation.Status.RUNNING)
        .filter(operation -> operation.endpoint().isEmpty())
        .filter(operation -> branchOf(operation).equals(Optional.of(branch)))
        .toList();
  }
}
