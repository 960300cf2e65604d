package dev.neonstack.stacks;

import com.pulumi.resources.ComponentResourceOptions;
import dev.neonstack.components.aws.Architecture;
import dev.neonstack.components.aws.eks.NodeGroupSpec;
import dev.neonstack.components.aws.registry.Artifacts;
import dev.neonstack.components.aws.registry.BuiltImages;
import dev.neonstack.components.aws.registry.ControlPlaneImage;
import dev.neonstack.components.aws.registry.ImageLock;
import dev.neonstack.components.aws.registry.ImageSource;
import dev.neonstack.components.aws.registry.MirroredImages;
import dev.neonstack.components.aws.registry.NeonImages;
import dev.neonstack.components.aws.registry.Repositories;
import dev.neonstack.components.aws.registry.ServerJars;
import dev.neonstack.stacks.config.AwsConfig;
import dev.neonstack.stacks.config.AwsConfig.Images;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Neon's images and our own in the account's registry. */
final class AwsImages {
  private AwsImages() {}

  static Repositories.Spec repositories(AwsConfig config) {
    return new Repositories.Spec(config.repositoryPrefix(), Optional.empty(), !config.production());
  }

  /**
   * Declares the images.
   *
   * @param folder of the program
   */
  static NeonImages of(
      String name,
      AwsConfig config,
      Repositories repositories,
      Path folder,
      ComponentResourceOptions aws) {
    var images = folder.resolve("images");
    var lock = ImageLock.read(images.resolve("lock.yaml"));
    var architecture = architecture(config);
    var jars = ServerJars.read(folder.resolve("control-plane/target/image"));
    var own = new ControlPlaneImage(jars, images, lock.pinned("base"), architecture);
    return new NeonImages(
        name, repositories, List.of(neons(config, images, lock, architecture), own), aws);
  }

  private static ImageSource neons(
      AwsConfig config, Path images, ImageLock lock, Architecture architecture) {
    return config.images() == Images.BUILD
        ? new BuiltImages(
            Artifacts.read(images.resolve("artifacts")), images, lock.pinned("base"), architecture)
        : new MirroredImages(lock, images, architecture);
  }

  /** That of the nodes, which is one for all. */
  private static Architecture architecture(AwsConfig config) {
    return config.nodes().groups().stream()
        .map(NodeGroupSpec::architecture)
        .findFirst()
        .orElse(Architecture.X86_64);
  }
}
