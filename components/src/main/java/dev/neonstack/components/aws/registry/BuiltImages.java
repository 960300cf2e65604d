package dev.neonstack.components.aws.registry;

import static java.util.Objects.requireNonNull;

import com.pulumi.docker.inputs.DockerBuildArgs;
import dev.neonstack.components.aws.Architecture;
import dev.neonstack.components.neon.kube.ImageRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Neon's images, built from programs that were compiled beforehand.
 *
 * @param artifacts the programs
 * @param dockerfiles the folder {@code images}
 * @param base what the images stand on, by digest
 * @param architecture of the nodes
 */
public record BuiltImages(
    Artifacts artifacts, Path dockerfiles, ImageRef base, Architecture architecture)
    implements ImageSource {
  private static final int REVISION_DIGITS = 12;

  public BuiltImages {
    requireNonNull(artifacts, "artifacts is null");
    requireNonNull(dockerfiles, "dockerfiles is null");
    requireNonNull(architecture, "architecture is null");
    ImageSource.requireBase(base);
    if (!artifacts.architecture().equals(architecture.word())) {
      throw new IllegalArgumentException(
          ("the artifacts in %s are for '%s'; expected %s, as the nodes are. Run ./neonstack"
                  + " build-neon on such a machine, or mirror the published images")
              .formatted(artifacts.folder(), artifacts.architecture(), architecture.word()));
    }
  }

  @Override
  public List<NeonImage> images() {
    return NeonImage.ofNeon();
  }

  @Override
  public String tag(NeonImage image) {
    var contents = new ArrayList<String>();
    contents.add(architecture.platform());
    contents.add(base.text());
    contents.add(ImageSource.read(dockerfile(image)));
    contents.addAll(artifacts.files().getOrDefault(image, List.of()));
    return ContentTag.of(artifacts.revision().substring(0, REVISION_DIGITS), contents);
  }

  @Override
  public DockerBuildArgs build(NeonImage image) {
    return DockerBuildArgs.builder()
        .context(artifacts.folder().resolve(image.word()).toString())
        .dockerfile(dockerfile(image).toString())
        .platform(architecture.platform())
        .args(Map.of("BASE", base.text(), "REVISION", artifacts.revision()))
        .build();
  }

  private Path dockerfile(NeonImage image) {
    return dockerfiles.resolve(image.word()).resolve("Dockerfile");
  }
}
