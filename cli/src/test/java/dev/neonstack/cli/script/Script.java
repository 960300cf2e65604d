package dev.neonstack.cli.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs shell scripts as a user would, with an environment of their own. */
final class Script {

  private static final List<String> TOOLS =
      List.of(
          "awk",
          "cat",
          "chmod",
          "cksum",
          "comm",
          "cp",
          "date",
          "dd",
          "diff",
          "dirname",
          "du",
          "find",
          "grep",
          "head",
          "kill",
          "ln",
          "ls",
          "mkdir",
          "mv",
          "nice",
          "od",
          "readlink",
          "rm",
          "rmdir",
          "sed",
          "sh",
          "sha256sum",
          "sleep",
          "sort",
          "tail",
          "tee",
          "touch",
          "tr",
          "uniq",
          "wc");

  record Result(int code, String out, String err) {}

  private final Path bin;
  private final Path cwd;

  /** A PATH with the usual tools and nothing else. */
  Script(Path folder) throws IOException {
    bin = Files.createDirectories(folder.resolve("bin"));
    cwd = Files.createDirectories(folder.resolve("elsewhere"));
  }

  /** Links to the tools, the same for all tests. */
  private static Path tools() throws IOException {
    var folder = Files.createDirectories(Path.of("target/script-tools").toAbsolutePath());
    for (var tool : TOOLS) {
      var link = folder.resolve(tool);
      for (var where : List.of("/usr/bin", "/bin")) {
        var program = Path.of(where, tool);
        if (Files.isExecutable(program) && Files.notExists(link, NOFOLLOW_LINKS)) {
          Files.createSymbolicLink(link, program);
        }
      }
    }
    return folder;
  }

  static Path repository() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /** Puts a program of our own on PATH. */
  void program(String name, String body) throws IOException {
    var file = bin.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /** Takes a program of our own from PATH again. */
  void remove(String name) throws IOException {
    Files.delete(bin.resolve(name));
  }

  ProcessBuilder builder(Path folder, Map<String, String> more, List<String> command)
      throws IOException {
    var builder = new ProcessBuilder(command).directory(cwd.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", bin + ":" + tools());
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(more);
    return builder;
  }

  Result run(Path folder, Map<String, String> more, List<String> command)
      throws IOException, InterruptedException {
    var errors = Files.createTempFile(folder, "stderr", "");
    var process =
        builder(folder, more, command)
            .redirectError(errors.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    var out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), out, Files.readString(errors));
  }
}
