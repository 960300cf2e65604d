package dev.neonstack.emulator.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where root runs PostgreSQL's programs: as a user that owns nothing but one folder, in a view of
 * the file system of their own, in which that folder is all there is of the data.
 *
 * @param data holds the folders of all branches
 * @param id the user, and its group, on this machine
 * @param becoming becomes that user and runs what follows
 * @param withProcesses whether the processes of this machine are in sight
 */
record Sandbox(Path data, int id, List<String> becoming, boolean withProcesses) {
  /** Of those that nobody gives to users, services or namespaces. */
  private static final int UNUSED = 61_000;

  private static final int USUAL_NOBODY = 65_534;

  /** In a user namespace for each server no other server of the same user is in reach. */
  static Sandbox withNamespaces(Path data) {
    var nobody = nobody();
    var becoming = new ArrayList<>(becoming(UNUSED));
    becoming.addAll(
        List.of("unshare", "--user", "--map-user=" + nobody, "--map-group=" + nobody, "--"));
    return new Sandbox(data, UNUSED, becoming, true);
  }

  /** Where only root may make namespaces, servers are kept apart by seeing no process at all. */
  static Sandbox withoutUserNamespaces(Path data) {
    return new Sandbox(data, nobody(), becoming(nobody()), false);
  }

  private static List<String> becoming(int id) {
    return List.of("setpriv", "--reuid=" + id, "--regid=" + id, "--clear-groups", "--no-new-privs");
  }

  /** initdb asks for the name of its user, and this one has a name everywhere. */
  private static int nobody() {
    var found = Commands.run(List.of("id", "-u", "nobody"));
    return found.succeeded() && found.output().matches("\\d+")
        ? Integer.parseInt(found.output())
        : USUAL_NOBODY;
  }

  /** Whether this machine lets us. */
  boolean works() {
    var probe = Trees.temporary(data.resolve("sandbox"));
    try {
      Files.createDirectory(probe);
      try {
        return ServerUser.given(probe, owner()).succeeded()
            && Commands.run(
                    command(probe, Path.of("/"), List.of("touch", probe.resolve("x").toString())))
                .succeeded();
      } finally {
        Trees.delete(probe);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a folder in " + data, e);
    }
  }

  String owner() {
    return id + ":" + id;
  }

  /**
   * The command as it runs there.
   *
   * @param folder what it may write to
   * @param programs what it may read besides
   */
  List<String> command(Path folder, Path programs, List<String> command) {
    var whole =
        new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh", "-euc"));
    whole.add(script(folder, programs));
    whole.add("sh");
    whole.addAll(becoming);
    if (!withProcesses) {
      // Without /proc a program does not learn where it lies, and beside it its libraries.
      whole.addAll(List.of("env", "LD_LIBRARY_PATH=" + programs.resolve("lib")));
    }
    whole.addAll(command);
    return whole;
  }

  /** Covers what shall not be seen and puts back, where it was, what shall. */
  private String script(Path folder, Path programs) {
    var covered = outermost(closedAbove(folder).orElse(data), closedAbove(programs));
    var kept =
        Stream.of(folder, programs)
            .filter(path -> covered.stream().anyMatch(path::startsWith))
            .map(Sandbox::quoted)
            .toList();
    var script = new StringBuilder("umask 022\n");
    for (var i = 0; i < kept.size(); i++) {
      script.append("exec ").append(i + 3).append('<').append(kept.get(i)).append('\n');
    }
    covered.forEach(path -> script.append(cover(path, "mode=755,size=1m")));
    for (var i = 0; i < kept.size(); i++) {
      script.append("mkdir -p ").append(kept.get(i)).append('\n');
      script.append("mount --no-canonicalize --bind /proc/self/fd/").append(i + 3);
      script.append(' ').append(kept.get(i)).append('\n');
      script.append("exec ").append(i + 3).append("<&-\n");
    }
    script.append(cover(Path.of("/dev/shm"), "mode=1777"));
    if (!withProcesses) {
      script.append(cover(Path.of("/proc"), "mode=555,size=4k"));
    }
    return script.append("exec \"$@\"").toString();
  }

  private static String cover(Path path, String options) {
    return "mount -t tmpfs -o " + options + " none " + quoted(path) + "\n";
  }

  private static List<Path> outermost(Path one, Optional<Path> other) {
    if (other.isEmpty() || other.get().startsWith(one)) {
      return List.of(one);
    }
    return one.startsWith(other.get()) ? List.of(other.get()) : List.of(one, other.get());
  }

  /** The first folder on the way that strangers may not enter. */
  private static Optional<Path> closedAbove(Path path) {
    var above = path.getRoot();
    for (var name : path) {
      if (isClosed(above)) {
        return Optional.of(above);
      }
      above = above.resolve(name);
    }
    return Optional.empty();
  }

  private static boolean isClosed(Path folder) {
    try {
      return !Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_EXECUTE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look at " + folder, e);
    }
  }

  private static String quoted(Path path) {
    return "'" + path.toString().replace("'", "'\\''") + "'";
  }
}
