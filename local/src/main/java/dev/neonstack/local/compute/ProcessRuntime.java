package dev.neonstack.local.compute;

import static java.util.Objects.requireNonNull;

import dev.neonstack.controlplane.port.AccountChange;
import dev.neonstack.controlplane.port.ComputeRuntime;
import dev.neonstack.controlplane.port.ComputeSpec;
import dev.neonstack.controlplane.port.Inventory;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.emulator.Compute;
import dev.neonstack.emulator.ComputeRequest;
import dev.neonstack.emulator.Computes;
import dev.neonstack.local.port.PortHolder;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Endpoints as PostgreSQL servers of this machine, one process group each. */
public final class ProcessRuntime implements ComputeRuntime {

  private record Place(TenantId project, TimelineId branch) {}

  private final Computes computes;
  private final Path adminPasswordFile;
  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /** Starts servers through these computes and logs in with the password of this file. */
  public ProcessRuntime(Computes computes, Path adminPasswordFile) {
    this.computes = requireNonNull(computes, "computes is null");
    this.adminPasswordFile = requireNonNull(adminPasswordFile, "adminPasswordFile is null");
  }

  @Override
  public Optional<String> objection(int pgVersion, Map<String, String> settings) {
    return computes.objection(pgVersion, settings);
  }

  @Override
  public void start(ComputeSpec spec) {
    var place = new Place(spec.project(), spec.branch());
    places.put(spec.endpointId(), place);
    try {
      if (running(place).filter(found -> found.port() != spec.port()).isPresent()) {
        computes.stop(place.project(), place.branch());
      }
      computes.start(
          new ComputeRequest(
              spec.project(),
              spec.branch(),
              spec.port(),
              spec.settings(),
              spec.logicalReplication()));
    } catch (RuntimeException e) {
      PortHolder.obstacle(spec.port())
          .ifPresent(
              obstacle -> {
                throw taken(spec, obstacle);
              });
      throw Problem.failed(
          "Postgres of endpoint " + spec.endpointId() + " did not start: " + e.getMessage(), e);
    }
  }

  @Override
  public Inventory change(TenantId project, TimelineId branch, List<AccountChange> changes) {
    var compute =
        running(new Place(project, branch))
            .orElseThrow(
                () ->
                    Problem.unavailable(
                        "the Postgres of branch "
                            + branch
                            + " is not running, so its roles and databases cannot be reached now",
                        null));
    try (var server = Server.connect(compute, adminPassword())) {
      Group.prepare(server);
      var inside = new RolesAndDatabases(server);
      for (var change : changes) {
        make(inside, change);
      }
      return inside.inventory();
    } catch (SQLException e) {
      throw Refusals.ofLook(branch.value(), e);
    }
  }

  private static void make(RolesAndDatabases inside, AccountChange change) {
    try {
      inside.make(change);
    } catch (SQLException e) {
      throw Refusals.of(change, e);
    }
  }

  private static Problem taken(ComputeSpec spec, String obstacle) {
    return Problem.unavailable(
        "port %d of %s, which endpoint %s has, %s; end that program: the endpoint starts by itself then"
            .formatted(spec.port(), spec.host(), spec.endpointId(), obstacle),
        null);
  }

  @Override
  public void stopLeftOver(TenantId project, TimelineId branch) {
    computes.stop(project, branch);
  }

  @Override
  public void stop(String endpointId) {
    var place = places.get(endpointId);
    if (place != null) {
      computes.stop(place.project(), place.branch());
      places.remove(endpointId);
    }
  }

  @Override
  public boolean isRunning(String endpointId) {
    return Optional.ofNullable(places.get(endpointId)).flatMap(this::running).isPresent();
  }

  @Override
  public Optional<String> lastWords(String endpointId) {
    return Optional.ofNullable(places.get(endpointId))
        .flatMap(place -> computes.lastWords(place.project(), place.branch()));
  }

  private Optional<Compute> running(Place place) {
    return computes.running(place.project(), place.branch());
  }

  private String adminPassword() {
    try {
      return Files.readString(adminPasswordFile).strip();
    } catch (IOException e) {
      throw Problem.failed("cannot read " + adminPasswordFile, e);
    }
  }
}
