package dev.neonstack.local.serve;

import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Loads what a start loads, so that a class-data archive can be made of it. */
@Command(name = "train", hidden = true)
public final class TrainCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException, InterruptedException {
    var folder = Files.createTempDirectory("neonstack-train");
    System.setProperty("neonstack.log", folder.resolve("local.log").toString());
    System.setProperty("logback.configurationFile", "logback-serve.xml");
    var paths = new LocalPaths(folder.resolve("data"), folder.resolve("cache"), Optional.empty());
    var server = LocalServer.start(paths, new LocalPorts(0, 0, 0), new LocalParts());
    try {
      return new LocalProcess(paths, Map.of()).find().isPresent() ? 0 : 1;
    } finally {
      server.close();
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
