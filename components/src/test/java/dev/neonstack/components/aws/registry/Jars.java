package dev.neonstack.components.aws.registry;

import dev.neonstack.components.aws.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a build leaves for the image of the control plane, with small files. */
final class Jars {
  private final Path folder;

  Jars(Path folder) throws IOException {
    this.folder = folder;
    with("app/control-plane.jar", "server");
    with("app/neon-client-0.1.0.jar", "client");
    with("lib/javalin-7.2.3.jar", "javalin");
    with("lib/slf4j-api-2.0.20.jar", "slf4j");
  }

  Jars with(String jar, String content) throws IOException {
    Files.createDirectories(folder.resolve(jar).getParent());
    Files.writeString(folder.resolve(jar), content);
    return this;
  }

  Jars without(String jar) throws IOException {
    Files.delete(folder.resolve(jar));
    return this;
  }

  ServerJars read() {
    return ServerJars.read(folder);
  }

  ControlPlaneImage image() {
    return new ControlPlaneImage(
        read(), new Dockerfiles(Build.DOCKERFILES, Build.base(), Architecture.X86_64));
  }

  String tag() {
    return image().tag(NeonImage.CONTROL_PLANE);
  }
}
