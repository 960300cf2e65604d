package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Under whom PostgreSQL's programs run. They refuse root, and whoever makes one of them run
 * something else shall not reach what is root's: for root they run in a {@link Sandbox} or, where
 * the machine refuses that, as an ordinary user. To that user their files are given.
 */
final class ServerUser {
  private static final Logger LOG = LoggerFactory.getLogger(ServerUser.class);
  private static final List<String> ORDINARY_USERS = List.of("postgres", "nobody");
  private static final String OWNER = "unix:uid";
  private static final int ROOT = 0;

  private interface Wrapping {
    List<String> wrap(Path folder, Path programs, List<String> command);
  }

  private final Wrapping wrapping;
  private final Optional<String> owner;

  private ServerUser(Wrapping wrapping, Optional<String> owner) {
    this.wrapping = wrapping;
    this.owner = owner;
  }

  /**
   * Finds a way that works here.
   *
   * @param data holds the folders of the branches
   * @param cache holds the programs
   */
  static ServerUser detect(Path data, Path cache) {
    if (!isRoot()) {
      return new ServerUser((folder, programs, command) -> command, Optional.empty());
    }
    for (var sandbox : List.of(Sandbox.withNamespaces(data), Sandbox.withoutUserNamespaces(data))) {
      if (sandbox.works()) {
        return in(sandbox);
      }
    }
    LOG.warn("This machine refuses namespaces to root, so all servers run as one ordinary user");
    return ordinaryUser(data, cache);
  }

  static ServerUser in(Sandbox sandbox) {
    return new ServerUser(sandbox::command, Optional.of(sandbox.owner()));
  }

  /** The way without namespaces. */
  static ServerUser ordinaryUser(Path data, Path cache) {
    for (var name : ORDINARY_USERS) {
      var group = Commands.run(List.of("id", "-gn", name)).output();
      for (var prefix :
          List.of(
              List.of("setpriv", "--reuid=" + name, "--regid=" + group, "--clear-groups"),
              List.of("runuser", "-u", name, "--"))) {
        var reachable = List.of(data.getParent(), data, cache);
        if (reachable.stream().allMatch(folder -> mayEnter(prefix, group, folder))) {
          return new ServerUser(
              (folder, programs, command) -> concat(prefix, command),
              Optional.of(name + ":" + group));
        }
      }
    }
    throw new ComputeFailed(
        "PostgreSQL refuses to run as root, this machine refuses namespaces, and none of the users "
            + ORDINARY_USERS
            + " can reach "
            + data
            + " and "
            + cache
            + "; run neonstack as an ordinary user, or set NEONSTACK_DATA and NEONSTACK_CACHE to"
            + " folders below one that every user may enter, such as /var/lib/neonstack");
  }

  /** A folder of root's that is shut is opened to the user's group, which may not list it. */
  private static boolean mayEnter(List<String> prefix, String group, Path folder) {
    var test = concat(prefix, List.of("test", "-x", folder.toString()));
    if (Commands.run(test).succeeded()) {
      return true;
    }
    return uid(folder) == ROOT
        && Commands.run(List.of("chgrp", group, folder.toString())).succeeded()
        && Commands.run(List.of("chmod", "g=x", folder.toString())).succeeded()
        && Commands.run(test).succeeded();
  }

  private static boolean isRoot() {
    return uid(Path.of("/proc/self")) == ROOT;
  }

  private static int uid(Path path) {
    try {
      return (int) Files.getAttribute(path, OWNER);
    } catch (IOException | UnsupportedOperationException e) {
      return -1;
    }
  }

  private static List<String> concat(List<String> first, List<String> second) {
    var whole = new ArrayList<>(first);
    whole.addAll(second);
    return whole;
  }

  /**
   * The command as this user runs it.
   *
   * @param folder what it has to write to, which is this user's
   * @param home the programs it needs
   */
  List<String> command(Path folder, PostgresHome home, List<String> command) {
    return wrapping.wrap(folder, home.directory(), command);
  }

  /** Lets the programs read and write what was just made. */
  void own(Path tree) throws IOException {
    if (owner.isPresent()) {
      give(tree, owner.get());
    }
  }

  /** As {@link #own}, for what a process of another user may have left here. */
  void takeOver(Path folder, Path made) throws IOException {
    if (owner.isPresent() && uid(made) == ROOT) {
      own(folder);
    }
  }

  static void give(Path tree, String owner) throws IOException {
    var result = given(tree, owner);
    if (!result.succeeded()) {
      throw new IOException("cannot give " + tree + " to PostgreSQL's user: " + result.output());
    }
  }

  static Commands.Result given(Path tree, String owner) {
    return Commands.run(List.of("chown", "-hR", owner, tree.toString()));
  }
}
