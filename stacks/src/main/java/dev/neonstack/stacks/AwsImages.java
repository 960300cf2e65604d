package dev.neonstack.stacks;

import com.pulumi.resources.ComponentResourceOptions;
import dev.neonstack.components.aws.Architecture;
import dev.neonstack.components.aws.eks.NodeGroupSpec;
import dev.neonstack.components.aws.registry.Artifacts;
import dev.neonstack.components.aws.registry.BuiltImages;
import dev.neonstack.components.aws.registry.ControlPlaneImage;
import dev.neonstack.components.aws.registry.Dockerfiles;
import dev.neonstack.components.aws.registry.ImageLock;
import dev.neonstack.components.aws.registry.ImageSource;
import dev.neonstack.components.aws.registry.MirroredImages;
import dev.neonstack.components.aws.registry.NeonImages;
import dev.neonstack.components.aws.registry.Repositories;
import dev.neonstack.components.aws.registry.ServerJars;
import dev.neonstack.stacks.config.aws.AwsConfig;
import dev.neonstack.stacks.config.aws.AwsConfig.Images;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** Neon's images and our own in the account's registry. */
final class AwsImages {
  private AwsImages() {}

  static Repositories.Spec repositories(AwsConfig config) {
    return new Repositories.Spec(config.repositoryPrefix(), Optional.empty(), !config.production());
  }

  /**
   * Declares the images: those that Neon publishes or that are built of its sources, and our own
   * one, which nobody publishes.
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
    var lock = lock(folder);
    var architecture = architecture(config);
    var sources = new ArrayList<ImageSource>();
    sources.add(
        config.images() == Images.BUILD
            ? new BuiltImages(
                Artifacts.read(images.resolve("artifacts")), dockerfiles(config, folder))
            : new MirroredImages(lock, images, architecture));
    if (config.neon().controlPlane().isPresent()) {
      var jars = ServerJars.read(folder.resolve("control-plane/target/image"));
      sources.add(new ControlPlaneImage(jars, dockerfiles(config, folder)));
    }
    return new NeonImages(name, repositories, sources, aws);
  }

  /** The images by digest that come with the program. */
  static ImageLock lock(Path folder) {
    return ImageLock.read(folder.resolve("images/lock.yaml"));
  }

  private static Dockerfiles dockerfiles(AwsConfig config, Path folder) {
    return new Dockerfiles(
        folder.resolve("images"), lock(folder).pinned("base"), architecture(config));
  }

  /** That of the nodes, which is one for all. */
  private static Architecture architecture(AwsConfig config) {
    return config.nodes().groups().stream()
        .map(NodeGroupSpec::architecture)
        .findFirst()
        .orElse(Architecture.X86_64);
  }
}
