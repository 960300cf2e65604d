package dev.neonstack.components.aws.registry;

import static java.util.Objects.requireNonNull;

import com.pulumi.docker.inputs.DockerBuildArgs;
import java.util.List;
import java.util.Map;

/**
 * Neon's images, built from programs that were compiled beforehand.
 *
 * @param artifacts the programs
 * @param dockerfiles how the images are made
 */
public record BuiltImages(Artifacts artifacts, Dockerfiles dockerfiles) implements ImageSource {
  private static final int REVISION_DIGITS = 12;

  public BuiltImages {
    requireNonNull(artifacts, "artifacts is null");
    requireNonNull(dockerfiles, "dockerfiles is null");
    var architecture = dockerfiles.architecture();
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
    return dockerfiles.tag(
        image,
        artifacts.revision().substring(0, REVISION_DIGITS),
        artifacts.files().getOrDefault(image, List.of()));
  }

  @Override
  public DockerBuildArgs build(NeonImage image) {
    return dockerfiles.build(
        image, artifacts.folder().resolve(image.word()), Map.of("REVISION", artifacts.revision()));
  }
}
