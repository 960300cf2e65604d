package dev.neonstack.cli;

import dev.neonstack.cli.Branches.Place;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.neon.controlplane.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows the local process, its branches and their endpoints. */
@Command(name = "status", description = "The local process, its branches and endpoints.")
public final class StatusCommand implements Callable<Integer> {

  private static final double MIB = 1 << 20;

  private final Surroundings surroundings;

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var paths = surroundings.paths();
    var local = surroundings.local();
    var out = surroundings.out();
    var state = local.state();
    if (state.isEmpty()) {
      out.println("local process   not running; ./neonstack up starts it");
      out.println("data            " + data(paths));
      return 0;
    }
    out.println(
        "local process   running, pid " + state.get().pid() + ", since " + state.get().startedAt());
    out.println("storage API     " + state.get().storageUrl());
    out.println("control plane   " + state.get().controlPlaneUrl());
    out.println("data            " + data(paths));
    out.println();
    local.find().ifPresent(services -> show(new Branches(services).all()));
    return 0;
  }

  private void show(List<Place> places) {
    surroundings.out().print(table(places));
    places.stream().flatMap(place -> place.failure().stream()).forEach(surroundings.out()::println);
  }

  private static String data(LocalPaths paths) {
    return paths.dataDir()
        + String.format(Locale.ROOT, " (%.0f MiB on disk)", bytesIn(paths.dataDir()) / MIB);
  }

  private static String table(List<Place> places) {
    if (places.isEmpty()) {
      return "There is no branch yet.\n";
    }
    var table =
        new TextTable("PROJECT", "BRANCH", "PARENT", "POSTGRES", "ENDPOINT", "ADDRESS", "STATE");
    for (var place : places) {
      table.add(
          place.projectLabel(),
          place.branch().name(),
          parent(place, places),
          Integer.toString(place.project().pgVersion()),
          place.endpoint().map(Endpoint::id).orElse("-"),
          place.endpoint().map(found -> found.host() + ":" + found.port()).orElse("-"),
          place.endpoint().map(StatusCommand::state).orElse("-"));
    }
    return table.toString();
  }

  private static String state(Endpoint endpoint) {
    return endpoint.failure().isPresent()
        ? "crashed"
        : endpoint.currentState().name().toLowerCase(Locale.ROOT);
  }

  private static String parent(Place place, List<Place> places) {
    return place
        .branch()
        .parent()
        .map(
            id ->
                places.stream()
                    .filter(candidate -> candidate.branch().id().equals(id))
                    .map(candidate -> candidate.branch().name())
                    .findFirst()
                    .orElse(id.toString()))
        .orElse("-");
  }

  /** Files may go while they are counted. */
  private static long bytesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var tree = Files.walk(folder)) {
      return tree.mapToLong(StatusCommand::bytesOf).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  private static long bytesOf(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
