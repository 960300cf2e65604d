package dev.neonstack.components.aws.registry;

import com.pulumi.docker.inputs.DockerBuildArgs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where images come from. */
public sealed interface ImageSource permits BuiltImages, ControlPlaneImage, MirroredImages {
  /** Those that come from here. */
  List<NeonImage> images();

  /** A tag that no other content has. */
  String tag(NeonImage image);

  /** How a container engine makes the image. */
  DockerBuildArgs build(NeonImage image);

  /** The content of a Dockerfile. */
  static String read(Path dockerfile) {
    try {
      return Files.readString(dockerfile);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be read; get it back with: git checkout %s".formatted(dockerfile, dockerfile),
          e);
    }
  }
}
