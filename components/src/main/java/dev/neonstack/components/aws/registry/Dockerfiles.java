package dev.neonstack.components.aws.registry;

import static java.util.Objects.requireNonNull;

import com.pulumi.docker.inputs.DockerBuildArgs;
import dev.neonstack.components.aws.Architecture;
import dev.neonstack.components.neon.kube.ImageRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Dockerfiles of images that are built here.
 *
 * @param folder the folder {@code images}
 * @param base what the images stand on, by digest
 * @param architecture of the nodes
 */
public record Dockerfiles(Path folder, ImageRef base, Architecture architecture) {
  public Dockerfiles {
    requireNonNull(folder, "folder is null");
    requireNonNull(architecture, "architecture is null");
    if (!base.isPinned()) {
      throw new IllegalArgumentException(
          "base is '%s'; expected %s. Run: ./neonstack lock-images base"
              .formatted(base, ImageRef.EXPECTED));
    }
  }

  String tag(NeonImage image, String start, List<String> programs) {
    var contents = new ArrayList<String>();
    contents.add(architecture.platform());
    contents.add(base.text());
    contents.add(ImageSource.read(of(image)));
    contents.addAll(programs);
    return ContentTag.of(start, contents);
  }

  DockerBuildArgs build(NeonImage image, Path context, Map<String, String> args) {
    var all = new HashMap<>(args);
    all.put("BASE", base.text());
    return DockerBuildArgs.builder()
        .context(context.toString())
        .dockerfile(of(image).toString())
        .platform(architecture.platform())
        .args(all)
        .build();
  }

  private Path of(NeonImage image) {
    return folder.resolve(image.word()).resolve("Dockerfile");
  }
}
