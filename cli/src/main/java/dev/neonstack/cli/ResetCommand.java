package dev.neonstack.cli;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes the local data: only what the local process made, never the folder as a whole. */
@Command(name = "reset", description = "Stop the local process and delete all local data.")
public final class ResetCommand implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(names = "--yes", description = "Yes, delete everything.")
  private boolean yes;

  ResetCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (!yes) {
      throw new LocalProcessException(
          "reset deletes all local branches and their data; add --yes to say that you mean it");
    }
    surroundings.err().println("neonstack: stopping the local process and its servers");
    surroundings.local().stop();
    var paths = surroundings.paths();
    var made = made(paths);
    var deletion = new Deletion(surroundings.err(), Deletion.PAUSE);
    for (var path : made) {
      deletion.of(path);
    }
    surroundings
        .out()
        .println(
            made.isEmpty()
                ? "There was no local data in " + paths.dataDir() + "."
                : "All local projects, branches and their data in "
                    + paths.dataDir()
                    + " are deleted.");
    return 0;
  }

  private static List<Path> made(LocalPaths paths) throws IOException {
    if (!Files.isDirectory(paths.dataDir())) {
      return List.of();
    }
    var names = List.of("storage", "catalog.", "api-key", "admin-password", "local.", "config.");
    try (var entries = Files.list(paths.dataDir())) {
      return entries
          .filter(entry -> names.stream().anyMatch(entry.getFileName().toString()::startsWith))
          .filter(entry -> !entry.equals(paths.startLock()))
          .toList();
    }
  }
}
