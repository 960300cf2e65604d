package dev.neonstack.local.cli;

import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.neon.local.LocalPaths;
import dev.neonstack.neon.local.LocalProcess;
import dev.neonstack.neon.local.LocalState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Looks for what is missing or broken on this machine. */
@Command(name = "doctor", description = "Look for what is missing or broken on this machine.")
public final class DoctorCommand implements Callable<Integer> {

  private static final long GIB = 1L << 30;
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Map<String, String> environment = System.getenv();

  @Override
  public Integer call() {
    var paths = LocalPaths.fromEnvironment(environment);
    var running = LocalProcess.ofEnvironment(environment).state();
    var checks =
        Stream.of(
                new Programs(environment).checks(paths.cacheDir()),
                Stream.of(process(paths, running)),
                running.isPresent() ? Stream.<Check>empty() : ports(),
                Stream.of(space(paths.dataDir()), secrets(paths)))
            .flatMap(part -> part)
            .toList();
    var table = new TextTable("CHECK", "", "FINDING");
    checks.forEach(check -> table.add(check.name(), word(check.verdict()), check.finding()));
    System.out.print(table);
    return checks.stream().anyMatch(check -> check.verdict() == Check.Verdict.BROKEN) ? 1 : 0;
  }

  private static String word(Check.Verdict verdict) {
    return switch (verdict) {
      case OK -> "ok";
      case WARNING -> "warning";
      case BROKEN -> "BROKEN";
    };
  }

  private static Check process(LocalPaths paths, Optional<LocalState> running) {
    var name = "local process";
    return running
        .map(state -> Check.ok(name, "pid " + state.pid() + " at " + state.controlPlaneUrl()))
        .or(
            () ->
                LocalState.read(paths.stateFile())
                    .map(
                        state ->
                            Check.warning(
                                name,
                                "pid "
                                    + state.pid()
                                    + " does not answer; ./neonstack up starts another. Log: "
                                    + paths.logFile())))
        .orElseGet(() -> Check.ok(name, "not running; ./neonstack up starts it"));
  }

  private Stream<Check> ports() {
    var ports = LocalPorts.fromEnvironment(environment);
    return Stream.of(
        port("storage port", ports.storage(), LocalPorts.STORAGE),
        port("API port", ports.controlPlane(), LocalPorts.CONTROL_PLANE));
  }

  private static Check port(String name, int port, String variable) {
    return LocalPorts.isFree(port)
        ? Check.ok(name, port + " is free")
        : Check.broken(
            name,
            port + " is used by another program; end it or set " + variable + " to a free port");
  }

  private static Check space(Path dataDir) {
    var name = "data folder";
    var folder = dataDir;
    while (!Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Check.broken(
          name, folder + " is no writable folder; change that or set NEONSTACK_DATA to another");
    }
    try {
      var free = Files.getFileStore(folder).getUsableSpace();
      var finding = dataDir + ", " + free / GIB + " GiB free";
      return free < GIB
          ? Check.warning(name, finding + "; free some space before branches grow")
          : Check.ok(name, finding);
    } catch (IOException e) {
      return Check.warning(name, "the free space of " + folder + " cannot be read");
    }
  }

  private static Check secrets(LocalPaths paths) {
    var open =
        Stream.of(
                paths.apiKeyFile(),
                paths.adminPasswordFile(),
                paths.stateFile(),
                paths.dataDir().resolve("catalog.json"),
                paths.dataDir().resolve("passphrase"))
            .filter(DoctorCommand::othersMayRead)
            .toList();
    return open.isEmpty()
        ? Check.ok("secrets", "only their owner may read them")
        : Check.broken("secrets", "others may read " + open + "; run chmod 600 on them");
  }

  private static boolean othersMayRead(Path file) {
    try {
      return Files.exists(file)
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
