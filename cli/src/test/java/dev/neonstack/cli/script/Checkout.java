package dev.neonstack.cli.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The scripts and configuration files of the repository in a folder of a test's own. */
final class Checkout {

  private final Path home;

  Checkout(Path folder) throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
  }

  /** All that a user calls, ready to run: nothing in it has to be built. */
  static Checkout complete(Path folder) throws IOException {
    var checkout = new Checkout(folder);
    for (var file : new String[] {"neonstack", "pom.xml", "Pulumi.yaml", "Pulumi.local.yaml"}) {
      checkout.copy(file);
    }
    checkout.copy("tools/go.mod");
    try (var files = Files.walk(Script.repository().resolve("libexec"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        checkout.copy(Script.repository().relativize(file).toString());
      }
    }
    return checkout;
  }

  Path home() {
    return home;
  }

  Path file(String path) {
    return home.resolve(path);
  }

  void copy(String path) throws IOException {
    Files.createDirectories(file(path).getParent());
    Files.copy(Script.repository().resolve(path), file(path), StandardCopyOption.COPY_ATTRIBUTES);
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(file(path).getParent());
    Files.writeString(file(path), text);
  }
}
