package dev.neonstack.components.aws.registry;

import dev.neonstack.components.neon.kube.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What ./neonstack build-neon leaves, with small files. */
final class Build {
  static final String REVISION = "6a35a3e9f149798df1b1761ee64099d8d75fbe90";
  static final Path DOCKERFILES = Path.of("..", "images");

  private static final List<String> FILES =
      List.of(
          "pageserver/bin/pageserver",
          "pageserver/postgres/v17/bin/postgres",
          "safekeeper/bin/safekeeper",
          "proxy/bin/proxy",
          "storage-broker/bin/storage_broker",
          "storage-controller/bin/storage_controller",
          "compute/bin/compute_ctl",
          "compute/postgres/bin/postgres");

  private final Path folder;
  private final List<String> manifest = new ArrayList<>();

  Build(Path folder) {
    this.folder = folder;
    manifest.add("revision " + REVISION);
    manifest.add("architecture amd64");
    manifest.add("postgres 17");
    FILES.forEach(file -> manifest.add("ab".repeat(32) + "  " + file));
  }

  /** Programs that a shell can run, for a container engine that does. */
  void writeFiles() throws IOException {
    for (var file : FILES) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.writeString(folder.resolve(file), "#!/bin/sh\nexit 0\n");
      if (!folder.resolve(file).toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
    }
  }

  Build without(String text) {
    manifest.removeIf(line -> line.contains(text));
    return this;
  }

  Build replace(String text, String by) {
    manifest.replaceAll(line -> line.replace(text, by));
    return this;
  }

  Artifacts artifacts() throws IOException {
    Files.write(folder.resolve("manifest"), manifest);
    return Artifacts.read(folder);
  }

  static ImageRef base() {
    return lock().pinned("base");
  }

  static ImageLock lock() {
    return ImageLock.read(DOCKERFILES.resolve("lock.yaml"));
  }
}
