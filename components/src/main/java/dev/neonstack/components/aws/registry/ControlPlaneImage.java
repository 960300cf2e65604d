package dev.neonstack.components.aws.registry;

import static java.util.Objects.requireNonNull;

import com.pulumi.docker.inputs.DockerBuildArgs;
import java.util.List;
import java.util.Map;

/**
 * The image of our own control plane. Nobody publishes it, so that it is always built.
 *
 * @param jars what is in it
 * @param dockerfiles how it is made
 */
public record ControlPlaneImage(ServerJars jars, Dockerfiles dockerfiles) implements ImageSource {
  private static final String TAG_START = "neonstack";

  public ControlPlaneImage {
    requireNonNull(jars, "jars is null");
    requireNonNull(dockerfiles, "dockerfiles is null");
  }

  @Override
  public List<NeonImage> images() {
    return List.of(NeonImage.CONTROL_PLANE);
  }

  @Override
  public String tag(NeonImage image) {
    return dockerfiles.tag(image, TAG_START, jars.contents());
  }

  @Override
  public DockerBuildArgs build(NeonImage image) {
    return dockerfiles.build(image, jars.folder(), Map.of());
  }
}
