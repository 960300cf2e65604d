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
import dev.neonstack.components.neon.kube.ImageRef;
import dev.neonstack.stacks.config.aws.AwsConfig;
import dev.neonstack.stacks.config.aws.AwsConfig.Images;
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
   * Declares the images: those that Neon publishes or, where they are built, also our own, which
   * nobody publishes.
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
    List<ImageSource> sources =
        config.images() == Images.BUILD
            ? built(folder, lock.pinned("base"), architecture)
            : List.of(new MirroredImages(lock, images, architecture));
    return new NeonImages(name, repositories, sources, aws);
  }

  /** The images by digest that come with the program. */
  static ImageLock lock(Path folder) {
    return ImageLock.read(folder.resolve("images/lock.yaml"));
  }

  private static List<ImageSource> built(Path folder, ImageRef base, Architecture architecture) {
    var images = folder.resolve("images");
    var artifacts = Artifacts.read(images.resolve("artifacts"));
    var jars = ServerJars.read(folder.resolve("control-plane/target/image"));
    var dockerfiles = new Dockerfiles(images, base, architecture);
    return List.of(
        new BuiltImages(artifacts, dockerfiles), new ControlPlaneImage(jars, dockerfiles));
  }

  /** That of the nodes, which is one for all. */
  private static Architecture architecture(AwsConfig config) {
    return config.nodes().groups().stream()
        .map(NodeGroupSpec::architecture)
        .findFirst()
        .orElse(Architecture.X86_64);
  }
}
