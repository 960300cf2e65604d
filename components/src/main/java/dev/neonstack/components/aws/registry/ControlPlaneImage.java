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
 * The image of our own control plane. Nobody publishes it, so that it is always built.
 *
 * @param jars what is in it
 * @param dockerfiles the folder {@code images}
 * @param base what it stands on, by digest
 * @param architecture of the nodes
 */
public record ControlPlaneImage(
    ServerJars jars, Path dockerfiles, ImageRef base, Architecture architecture)
    implements ImageSource {
  private static final String TAG_START = "neonstack";

  public ControlPlaneImage {
    requireNonNull(jars, "jars is null");
    requireNonNull(dockerfiles, "dockerfiles is null");
    requireNonNull(architecture, "architecture is null");
    ImageSource.requireBase(base);
  }

  @Override
  public List<NeonImage> images() {
    return List.of(NeonImage.CONTROL_PLANE);
  }

  @Override
  public String tag(NeonImage image) {
    var contents = new ArrayList<String>();
    contents.add(architecture.platform());
    contents.add(base.text());
    contents.add(ImageSource.read(dockerfile(image)));
    contents.addAll(jars.contents());
    return ContentTag.of(TAG_START, contents);
  }

  @Override
  public DockerBuildArgs build(NeonImage image) {
    return DockerBuildArgs.builder()
        .context(jars.folder().toString())
        .dockerfile(dockerfile(image).toString())
        .platform(architecture.platform())
        .args(Map.of("BASE", base.text()))
        .build();
  }

  private Path dockerfile(NeonImage image) {
    return dockerfiles.resolve(image.word()).resolve("Dockerfile");
  }
}
