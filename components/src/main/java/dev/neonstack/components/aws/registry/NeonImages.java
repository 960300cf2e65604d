package dev.neonstack.components.aws.registry;

import com.pulumi.aws.ecr.EcrFunctions;
import com.pulumi.aws.ecr.inputs.GetAuthorizationTokenArgs;
import com.pulumi.aws.ecr.outputs.GetAuthorizationTokenResult;
import com.pulumi.core.Output;
import com.pulumi.deployment.InvokeOptions;
import com.pulumi.docker.Image;
import com.pulumi.docker.ImageArgs;
import com.pulumi.docker.inputs.RegistryArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.ComponentResourceOptions;
import com.pulumi.resources.CustomResourceOptions;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Neon's images and our own in the registry. An update builds or copies what has changed and pushes
 * it; a preview builds nothing, though Pulumi's plugin asks for a container engine also then.
 */
public final class NeonImages extends ComponentResource {
  private final Map<NeonImage, Output<String>> references = new EnumMap<>(NeonImage.class);

  /**
   * Declares the images.
   *
   * @param sources each with images that no other one has
   */
  public NeonImages(
      String name,
      Repositories repositories,
      List<ImageSource> sources,
      ComponentResourceOptions options) {
    super("neonstack:aws:NeonImages", name, options);
    var pushes = new Pushes(name, repositories, credentials(repositories));
    for (var source : sources) {
      for (var image : source.images()) {
        references.put(image, push(image, source, pushes));
      }
    }
    var outputs = new HashMap<String, Output<?>>();
    references.forEach((image, reference) -> outputs.put(image.word(), reference));
    registerOutputs(outputs);
  }

  /** What all pushes have in common. */
  private record Pushes(String name, Repositories repositories, RegistryArgs credentials) {}

  private Output<String> push(NeonImage image, ImageSource source, Pushes pushes) {
    var repository = pushes.repositories().url(image);
    var pushed =
        new Image(
            pushes.name() + "-" + image.word(),
            ImageArgs.builder()
                .imageName(Output.format("%s:%s", repository, source.tag(image)))
                .build(source.build(image))
                .registry(pushes.credentials())
                .buildOnPreview(false)
                .build(),
            CustomResourceOptions.builder().parent(this).build());
    return Output.tuple(repository, pushed.repoDigest())
        .applyValue(both -> byDigest(both.t1, both.t2));
  }

  /** Good for twelve hours, so that every run gets its own. */
  private RegistryArgs credentials(Repositories repositories) {
    var token =
        EcrFunctions.getAuthorizationToken(
                GetAuthorizationTokenArgs.builder().build(),
                InvokeOptions.builder().parent(this).build())
            .asSecret();
    return RegistryArgs.builder()
        .server(repositories.registry())
        .username(token.applyValue(GetAuthorizationTokenResult::userName))
        .password(token.applyValue(GetAuthorizationTokenResult::password))
        .build();
  }

  /** An engine that holds an image under several names may answer with a digest of another one. */
  private static String byDigest(String repository, String pushed) {
    if (!pushed.matches("\\Q" + repository + "\\E@sha256:[0-9a-f]{64}")) {
      throw new IllegalStateException(
          "the image pushed to %s came back as '%s'; expected %s@sha256:… Remove that image from the"
                  .formatted(repository, pushed, repository)
              + " container engine and run up again");
    }
    return pushed;
  }

  /** The image by digest. */
  public Output<String> reference(NeonImage image) {
    return Optional.ofNullable(references.get(image))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no image of %s; there are: %s"
                        .formatted(image.word(), references.keySet())));
  }
}
