package dev.neonstack.controlplane.endpoint;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchKey;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.EndpointEntry;
import dev.neonstack.controlplane.catalog.EndpointEntry.Desired;
import dev.neonstack.controlplane.catalog.EndpointShape;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Store;
import dev.neonstack.controlplane.compute.EndpointStatus;
import dev.neonstack.controlplane.compute.LocalPorts;
import dev.neonstack.controlplane.lifetime.Readiness;
import dev.neonstack.controlplane.operation.Done;
import dev.neonstack.controlplane.operation.Operations;
import dev.neonstack.controlplane.operation.Tools;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.controlplane.EndpointType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Endpoints: what shall run is written first, then brought about. */
public final class Endpoints {
  private final Tools tools;
  private final Operations operations;

  public Endpoints(Tools tools, Operations operations) {
    this.tools = tools;
    this.operations = operations;
  }

  /** The endpoint, once it is no longer being resumed after a restart. */
  public CompletableFuture<EndpointEntry> get(TenantId project, String id) {
    tools.store().content().endpoint(project, id);
    return tools
        .computes()
        .whenResumed(id)
        .thenApply(done -> tools.store().content().endpoint(project, id));
  }

  /** How the endpoint stands now. */
  public EndpointStatus status(EndpointEntry endpoint) {
    return tools.computes().status(endpoint);
  }

  /** Refuses a shape that this runtime cannot give, or Postgres of this major version. */
  public void check(int pgVersion, List<EndpointShape> shapes) {
    shapes.forEach(shape -> check(pgVersion, shape));
    if (shapes.stream().filter(shape -> shape.type() == EndpointType.READ_WRITE).count() > 1) {
      throw Problem.invalid("endpoints holds more than one of type read_write; a branch has one");
    }
  }

  private void check(int pgVersion, EndpointShape shape) {
    shape.check(tools.runtime().capabilities());
    if (shape.pgSettings().isEmpty()) {
      return;
    }
    tools
        .runtime()
        .objection(pgVersion, shape.pgSettings())
        .ifPresent(
            reason -> {
              throw Problem.refused(
                  "Postgres %d does not start with these pg_settings: %s; correct or leave out %s"
                      .formatted(
                          pgVersion,
                          reason,
                          String.join(", ", new TreeSet<>(shape.pgSettings().keySet()))));
            });
  }

  private int pgVersion(TenantId project) {
    return tools.store().content().project(project).pgVersion();
  }

  /** What a new project gets: an endpoint of this shape, or none where no computes run. */
  public List<EndpointShape> first(EndpointShape shape) {
    return tools.runtime().capabilities().computes() ? List.of(shape) : List.of();
  }

  /**
   * Makes the endpoints of a new branch and starts them, one after the other; the first that fails
   * ends it. One that an earlier try has made is taken as it is.
   */
  public CompletableFuture<Done<List<EndpointEntry>>> create(
      BranchKey branch, List<EndpointShape> shapes) {
    var made = CompletableFuture.completedFuture(new Done<>(List.<EndpointEntry>of(), List.of()));
    for (var shape : shapes) {
      made =
          made.thenCompose(
              before -> ensure(branch, shape).thenApply(next -> Endpoints.with(before, next)));
    }
    return made;
  }

  private CompletableFuture<Done<EndpointEntry>> ensure(BranchKey key, EndpointShape shape) {
    var there =
        tools.store().content().endpointsOf(key).stream()
            .filter(endpoint -> endpoint.shape().type() == shape.type())
            .filter(endpoint -> endpoint.desired() == Desired.ACTIVE)
            .findFirst();
    var work =
        there
            .map(
                found ->
                    tools
                        .computes()
                        .settle(found.id())
                        .thenApply(done -> new Done<>(found, List.<Operation>of())))
            .orElseGet(() -> create(key, shape));
    return work.exceptionally(failure -> refuse(key, failure));
  }

  /** Says what is there and what is not. */
  private Done<EndpointEntry> refuse(BranchKey key, Throwable failure) {
    var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
    if (!(cause instanceof Problem problem)) {
      throw new CompletionException(cause);
    }
    throw problem.saying(
        "branch %s is made, its endpoint is not: %s; repeat the request for the branch, or make it with"
                .formatted(tools.store().content().branch(key).label(), problem.getMessage())
            + " POST /api/v2/projects/%s/endpoints".formatted(key.project()));
  }

  private static Done<List<EndpointEntry>> with(
      Done<List<EndpointEntry>> before, Done<EndpointEntry> next) {
    var endpoints = new ArrayList<>(before.result());
    endpoints.add(next.result());
    var operations = new ArrayList<>(before.operations());
    operations.addAll(next.operations());
    return new Done<>(endpoints, operations);
  }

  /** Makes an endpoint and starts it. One that cannot be started is taken away again. */
  public CompletableFuture<Done<EndpointEntry>> create(BranchKey branch, EndpointShape shape) {
    check(pgVersion(branch.project()), shape);
    var begun = tools.store().update(content -> begin(content, branch, shape));
    var id = begun.result().id();
    var started = tools.computes().settle(id);
    var kept =
        started
            .handle((done, failure) -> failure)
            .thenCompose(
                failure ->
                    failure == null
                        ? CompletableFuture.<Void>completedFuture(null)
                        : withdraw(begun.result()).thenCompose(gone -> started));
    return finish(begun, kept);
  }

  private Store.Change<Done<EndpointEntry>> begin(
      Content content, BranchKey key, EndpointShape shape) {
    Readiness.require(content, content.branch(key));
    if (shape.type() == EndpointType.READ_WRITE) {
      content.endpointsOf(key).stream()
          .filter(other -> other.shape().type() == EndpointType.READ_WRITE)
          .findFirst()
          .ifPresent(other -> refuseSecond(content.branch(key), other));
    }
    var taken =
        content.endpoints().values().stream().map(EndpointEntry::port).collect(Collectors.toSet());
    var now = tools.now();
    var endpoint =
        new EndpointEntry(
            EndpointIds.draw(content.endpoints()::containsKey),
            key.project(),
            key.branch(),
            LocalPorts.HOST,
            tools.ports().free(taken),
            shape,
            Desired.ACTIVE,
            0,
            now,
            now);
    return changed(content, endpoint, "start_compute");
  }

  private static void refuseSecond(Branch branch, EndpointEntry other) {
    throw Problem.conflict(
        "branch %s has the read-write endpoint %s already; use it, or delete it first"
            .formatted(branch.label(), other.id()));
  }

  private CompletableFuture<Void> withdraw(EndpointEntry endpoint) {
    tools
        .store()
        .update(
            content -> {
              var there = content.endpoints().containsKey(endpoint.id());
              return new Store.Change<>(
                  there ? content.with(endpoint.wanting(Desired.DELETED, tools.now())) : content,
                  null);
            });
    return tools.computes().settle(endpoint.id());
  }

  /**
   * Changes the endpoint; new settings of PostgreSQL restart one that runs. Settings with which it
   * cannot be brought up again are taken back.
   */
  public CompletableFuture<Done<EndpointEntry>> update(
      TenantId project, String id, UnaryOperator<EndpointShape> change) {
    var before = tools.store().content().endpoint(project, id).shape();
    check(pgVersion(project), change.apply(before));
    var changed =
        bring(
            project,
            id,
            "apply_config",
            endpoint -> runnable(endpoint.shaped(change.apply(endpoint.shape()), tools.now())));
    return changed
        .handle((done, failure) -> failure)
        .thenCompose(
            failure ->
                failure == null
                    ? changed
                    : takeBack(id, change, before).thenCompose(done -> changed));
  }

  /** Puts the old settings back where nobody has given others meanwhile. */
  private CompletableFuture<Void> takeBack(
      String id, UnaryOperator<EndpointShape> change, EndpointShape before) {
    var failed = change.apply(before);
    if (failed.pgSettings().equals(before.pgSettings())) {
      return CompletableFuture.completedFuture(null);
    }
    tools
        .store()
        .update(
            content -> {
              var there = Optional.ofNullable(content.endpoints().get(id));
              return new Store.Change<>(
                  there
                      .filter(found -> found.shape().equals(failed))
                      .map(found -> content.with(found.shaped(before, tools.now())))
                      .orElse(content),
                  null);
            });
    return tools.computes().settle(id).handle((done, failure) -> null);
  }

  /** Brings those of a project that run to what the project is like, with an operation for each. */
  public CompletableFuture<List<Operation>> reconfigure(TenantId project) {
    var content = tools.store().content();
    var all = CompletableFuture.completedFuture(List.<Operation>of());
    for (var endpoint : content.endpointsOf(project)) {
      if (endpoint.desired() == Desired.ACTIVE
          && content.branch(endpoint.branchKey()).state() == BranchState.READY) {
        var one = bring(project, endpoint.id(), "apply_config", same -> same);
        all = all.thenCombine(one, (before, done) -> joined(before, done.operations()));
      }
    }
    return all;
  }

  private static List<Operation> joined(List<Operation> first, List<Operation> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** Starts the endpoint unless it runs. */
  public CompletableFuture<Done<EndpointEntry>> start(TenantId project, String id) {
    return bring(
        project,
        id,
        "start_compute",
        endpoint -> runnable(endpoint).wanting(Desired.ACTIVE, tools.now()));
  }

  /** Stops the endpoint and keeps everything else of it. */
  public CompletableFuture<Done<EndpointEntry>> suspend(TenantId project, String id) {
    return bring(
        project, id, "suspend_compute", endpoint -> endpoint.wanting(Desired.IDLE, tools.now()));
  }

  /** Stops the endpoint, if it runs, and starts it. */
  public CompletableFuture<Done<EndpointEntry>> restart(TenantId project, String id) {
    return bring(
        project, id, "start_compute", endpoint -> runnable(endpoint).restarted(tools.now()));
  }

  /** Stops the endpoint and takes it out of the catalog. */
  public CompletableFuture<Done<EndpointEntry>> delete(TenantId project, String id) {
    var begun =
        tools
            .store()
            .update(
                content ->
                    changed(
                        content,
                        content.endpoint(project, id).wanting(Desired.DELETED, tools.now()),
                        "suspend_compute"));
    return finish(begun, tools.computes().settle(id));
  }

  /** Refuses what this runtime cannot run, before anything of it is recorded. */
  private EndpointEntry runnable(EndpointEntry endpoint) {
    endpoint.shape().check(tools.runtime().capabilities());
    return endpoint;
  }

  private CompletableFuture<Done<EndpointEntry>> bring(
      TenantId project, String id, String action, UnaryOperator<EndpointEntry> change) {
    var begun =
        tools
            .store()
            .update(
                content -> {
                  var endpoint = content.endpoint(project, id);
                  Readiness.require(content, content.branch(endpoint.branchKey()));
                  return changed(content, change.apply(endpoint), action);
                });
    return finish(begun, tools.computes().settle(id));
  }

  private Store.Change<Done<EndpointEntry>> changed(
      Content content, EndpointEntry endpoint, String action) {
    var operation = operations.onEndpoint(endpoint, action);
    return new Store.Change<>(
        content.with(endpoint).with(operation), new Done<>(endpoint, List.of(operation)));
  }

  private CompletableFuture<Done<EndpointEntry>> finish(
      Done<EndpointEntry> begun, CompletableFuture<Void> work) {
    return operations
        .end(begun.operations().get(0), work)
        .thenApply(operation -> new Done<>(begun.result(), List.of(operation)));
  }
}
