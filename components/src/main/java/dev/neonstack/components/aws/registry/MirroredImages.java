package dev.neonstack.components.aws.registry;

import static java.util.Objects.requireNonNull;

import com.pulumi.docker.inputs.DockerBuildArgs;
import dev.neonstack.components.aws.Architecture;
import dev.neonstack.components.neon.kube.ImageRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Copies of the images that Neon publishes. One image of Neon holds all of its storage, so that
 * several repositories get the same.
 *
 * @param lock names the published images by digest
 * @param dockerfiles the folder {@code images}
 * @param architecture of the nodes
 */
public record MirroredImages(ImageLock lock, Path dockerfiles, Architecture architecture)
    implements ImageSource {
  private static final Pattern TAG = Pattern.compile(":([^:/@]+)@");

  public MirroredImages {
    requireNonNull(dockerfiles, "dockerfiles is null");
    requireNonNull(architecture, "architecture is null");
    for (var image : NeonImage.ofNeon()) {
      lock.pinned(image.published().orElseThrow());
    }
  }

  @Override
  public List<NeonImage> images() {
    return NeonImage.ofNeon();
  }

  @Override
  public String tag(NeonImage image) {
    var source = source(image).text();
    var published = TAG.matcher(source);
    return ContentTag.of(
        published.find() ? published.group(1) : "mirror",
        List.of(architecture.platform(), source, ImageSource.read(dockerfile())));
  }

  @Override
  public DockerBuildArgs build(NeonImage image) {
    return DockerBuildArgs.builder()
        .context(dockerfiles.resolve("mirror").toString())
        .dockerfile(dockerfile().toString())
        .platform(architecture.platform())
        .args(Map.of("SOURCE", source(image).text(), "TITLE", "Neon " + image.word()))
        .build();
  }

  private ImageRef source(NeonImage image) {
    return lock.pinned(
        image
            .published()
            .orElseThrow(
                () ->
                    new IllegalArgumentException("nobody publishes an image of " + image.word())));
  }

  private Path dockerfile() {
    return dockerfiles.resolve("mirror").resolve("Dockerfile");
  }
}
