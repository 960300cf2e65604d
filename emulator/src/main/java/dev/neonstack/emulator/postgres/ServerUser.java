package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Under whom PostgreSQL's programs run. They refuse root: for root they run as an ordinary user of
 * a new user namespace, which leaves the files with root, or, where namespaces are refused, as an
 * ordinary user of the machine, to whom the files are given.
 */
final class ServerUser {
  private static final int ROOT = 0;
  private static final List<String> NAMESPACE =
      List.of("unshare", "--user", "--map-user=1000", "--map-group=1000");
  private static final List<String> ORDINARY_USERS = List.of("postgres", "nobody");

  private final List<String> prefix;
  private final List<String> giveFiles;

  private ServerUser(List<String> prefix, List<String> giveFiles) {
    this.prefix = prefix;
    this.giveFiles = giveFiles;
  }

  /**
   * Finds a way that works here.
   *
   * @param directories what the programs must be able to reach
   */
  static ServerUser detect(List<Path> directories) {
    if (!isRoot()) {
      return new ServerUser(List.of(), List.of());
    }
    var namespace = new ServerUser(NAMESPACE, List.of());
    return namespace.works(List.of()) ? namespace : ordinaryUser(directories);
  }

  /** The way without a namespace. */
  static ServerUser ordinaryUser(List<Path> directories) {
    for (var name : ORDINARY_USERS) {
      var group = Commands.run(List.of("id", "-gn", name)).output();
      for (var prefix :
          List.of(
              List.of("setpriv", "--reuid=" + name, "--regid=" + group, "--clear-groups"),
              List.of("runuser", "-u", name, "--"))) {
        var user = new ServerUser(prefix, List.of("chown", "-R", name + ":" + group));
        if (user.works(directories)) {
          return user;
        }
      }
    }
    throw new ComputeFailed(
        "PostgreSQL refuses to run as root, this machine refuses user namespaces, and none of the users "
            + ORDINARY_USERS
            + " can reach "
            + directories
            + "; run neonstack as an ordinary user, or set NEONSTACK_DATA and NEONSTACK_CACHE to"
            + " directories that every user may enter");
  }

  private boolean works(List<Path> directories) {
    return directories.isEmpty()
        ? Commands.run(command(List.of("true"))).succeeded()
        : directories.stream()
            .allMatch(
                directory ->
                    Commands.run(command(List.of("test", "-x", directory.toString()))).succeeded());
  }

  private static boolean isRoot() {
    try {
      return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == ROOT;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** The command as this user runs it. */
  List<String> command(List<String> command) {
    var whole = new ArrayList<>(prefix);
    whole.addAll(command);
    return whole;
  }

  /** Lets the programs read and write what was just made. */
  void own(Path tree) throws IOException {
    if (giveFiles.isEmpty()) {
      return;
    }
    var command = new ArrayList<>(giveFiles);
    command.add(tree.toString());
    var result = Commands.run(command);
    if (!result.succeeded()) {
      throw new IOException("cannot give " + tree + " to PostgreSQL's user: " + result.output());
    }
  }
}
