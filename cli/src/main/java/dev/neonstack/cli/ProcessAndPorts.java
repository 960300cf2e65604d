package dev.neonstack.cli;

import dev.neonstack.local.client.BuildStamp;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcessException;
import dev.neonstack.local.client.LocalState;
import dev.neonstack.local.port.PortHolder;
import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.neon.file.FileLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The local process, and the ports it has or will need. */
final class ProcessAndPorts {

  private static final String PROCESS = "local process";

  private final Surroundings surroundings;
  private final LocalPaths paths;

  ProcessAndPorts(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.paths = surroundings.paths();
  }

  Stream<Check> checks() {
    var running = surroundings.local().state();
    return running.isPresent()
        ? Stream.concat(
            Stream.of(
                running(running.get()),
                Check.ok(
                    "storage port", running.get().storageUrl().getPort() + ", the local process"),
                Check.ok(
                    "API port", running.get().controlPlaneUrl().getPort() + ", the local process")),
            endpoints())
        : Stream.concat(Stream.of(notRunning()), ports());
  }

  private Check running(LocalState state) {
    var finding = "pid " + state.pid() + ", since " + state.startedAt();
    return BuildStamp.of(paths).filter(stamp -> !stamp.equals(state.build())).isPresent()
        ? Check.warning(PROCESS, finding + ", of an older build; ./neonstack up replaces it")
        : Check.ok(PROCESS, finding);
  }

  /** The endpoints that do not run although they shall. */
  private Stream<Check> endpoints() {
    var places = surroundings.local().find().map(services -> new Branches(services).all());
    var dead =
        places.stream()
            .flatMap(List::stream)
            .flatMap(place -> place.failure().stream())
            .map(failure -> Check.problem("endpoints", failure))
            .toList();
    return dead.isEmpty() ? Stream.of(Check.ok("endpoints", "all answer")) : dead.stream();
  }

  private Check notRunning() {
    var last = LocalState.read(paths.stateFile()).map(state -> "pid " + state.pid());
    if (isHeld()) {
      return Check.problem(
          PROCESS,
          last.orElse("one")
              + " holds "
              + paths.dataDir()
              + " and does not answer; run ./neonstack down, then ./neonstack up. Log: "
              + paths.logFile());
    }
    return last.map(
            pid ->
                Check.warning(
                    PROCESS,
                    pid
                        + " was ended from outside; ./neonstack up goes on from there. Log: "
                        + paths.logFile()))
        .orElseGet(() -> Check.ok(PROCESS, "not running; ./neonstack up starts it"));
  }

  private boolean isHeld() {
    try {
      var lock = Files.exists(paths.servingLock());
      var free =
          lock ? FileLocks.tryAcquire(paths.servingLock()) : Optional.<FileLocks.Held>empty();
      free.ifPresent(FileLocks.Held::close);
      return lock && free.isEmpty();
    } catch (IOException e) {
      return false;
    }
  }

  private Stream<Check> ports() {
    try {
      var ports = LocalPorts.fromEnvironment(surroundings.environment());
      return Stream.of(
          port("storage port", ports.storage(), LocalPorts.STORAGE),
          port("API port", ports.controlPlane(), LocalPorts.CONTROL_PLANE),
          firstPostgres(ports.firstPostgres()));
    } catch (LocalProcessException e) {
      return Stream.of(Check.problem("ports", e.getMessage()));
    }
  }

  private static Check port(String name, int port, String variable) {
    return PortHolder.obstacle(port)
        .map(
            obstacle ->
                Check.problem(
                    name,
                    port
                        + " "
                        + obstacle
                        + "; free it, or set "
                        + variable
                        + " to another port (0 for any free one)"))
        .orElseGet(() -> free(name, port));
  }

  private static Check free(String name, int port) {
    return Check.ok(name, port == 0 ? "any free one" : port + " is free");
  }

  private static Check firstPostgres(int port) {
    var name = "Postgres ports";
    return PortHolder.obstacle(port)
        .map(
            obstacle ->
                Check.ok(name, port + " " + obstacle + "; a new endpoint takes the next free one"))
        .orElseGet(() -> free(name, port));
  }
}
