package dev.neonstack.components.neon.kube;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;
import java.util.List;
import java.util.Optional;

/**
 * What the stack decides about the pods of one component.
 *
 * @param image of its main container
 * @param pullSecrets names of Secrets with the credentials of the registry
 * @param needs of its main container
 * @param placement which nodes
 * @param priorityClass absent: the default of the cluster
 */
public record PodSettings(
    Output<String> image,
    List<String> pullSecrets,
    ResourceNeeds needs,
    Placement placement,
    Optional<String> priorityClass) {
  public PodSettings {
    requireNonNull(image, "image is null");
    pullSecrets = List.copyOf(pullSecrets);
    requireNonNull(needs, "needs is null");
    requireNonNull(placement, "placement is null");
    requireNonNull(priorityClass, "priorityClass is null");
  }

  /** The same of another image. */
  public PodSettings with(Output<String> other) {
    return new PodSettings(other, pullSecrets, needs, placement, priorityClass);
  }

  /** The same in another place. */
  public PodSettings with(Placement other) {
    return new PodSettings(image, pullSecrets, needs, other, priorityClass);
  }

  /** The same with other needs, for a smaller container of the same kind. */
  public PodSettings with(ResourceNeeds others) {
    return new PodSettings(image, pullSecrets, others, placement, priorityClass);
  }
}
