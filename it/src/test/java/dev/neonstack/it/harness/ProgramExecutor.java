package dev.neonstack.it.harness;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The script with which the language host runs a program of the tests. */
final class ProgramExecutor {
  private static final String PACKAGE = "dev.neonstack.it.program.";

  private ProgramExecutor() {}

  /** The script for a class of the package of programs. */
  static String script(String program) {
    var target = Repository.root().resolve("it/target");
    var archive = target.resolve(program + ".jsa");
    return String.join(
        "\n",
        "case \"$*\" in *packages | *packages\\') echo '[]'; exit 0 ;; esac",
        "archive=-XX:SharedArchiveFile=" + archive,
        "[ -f " + archive + " ] || archive=-XX:ArchiveClassesAtExit=" + archive,
        "exec "
            + Repository.java()
            + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xlog:disable"
            + " -Xlog:all=error:stderr $archive -cp "
            + classPath(target)
            + " "
            + PACKAGE
            + program);
  }

  /**
   * Jars only, for a class-data archive takes no folders; without those that run as processes of
   * their own and have everything in them.
   */
  private static String classPath(Path target) {
    var own = Stream.of(target.resolve("it-0.1.0-tests.jar").toString());
    var processes = Stream.of("cli", "provider", "src").map(Repository.root()::resolve).toList();
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var jars =
        Arrays.stream(path.split(File.pathSeparator))
            .filter(entry -> entry.endsWith(".jar"))
            .filter(entry -> processes.stream().noneMatch(Path.of(entry)::startsWith));
    return Stream.concat(own, jars).collect(Collectors.joining(File.pathSeparator));
  }
}
