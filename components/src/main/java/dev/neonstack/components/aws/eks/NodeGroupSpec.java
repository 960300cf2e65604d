package dev.neonstack.components.aws.eks;

import static java.util.Objects.requireNonNull;

import dev.neonstack.components.aws.Architecture;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A group of like nodes, spread over all zones. EC2 keeps the zones level as far as it has machines
 * there: three nodes stand in three zones, unless a zone has none to give. Volumes of EBS bind a
 * pod to a zone, so that a group with few nodes should have a multiple of the zones.
 *
 * @param name unique among the groups
 * @param instanceTypes from the one wanted most to the one wanted least, of one architecture; the
 *     more there are, the sooner one is to be had
 * @param min how few nodes there may be
 * @param desired how many there are at first, or always where min is max
 * @param max how many there may be
 * @param rootVolumeGiB of the encrypted volume with system, images and files of pods, in GiB
 */
public record NodeGroupSpec(
    String name,
    Purpose purpose,
    List<InstanceType> instanceTypes,
    int min,
    int desired,
    int max,
    int rootVolumeGiB,
    LocalDisks localDisks) {
  /** How the name of a group is written. */
  public static final String NAME = "up to 30 small letters, digits and hyphens, a letter first";

  /** How large its root volume can be. */
  public static final String ROOT_VOLUME = "20 to 16384";

  private static final Pattern NAME_FORM = Pattern.compile("[a-z][a-z0-9-]{0,29}");

  public NodeGroupSpec {
    requireNonNull(purpose, "purpose is null");
    requireNonNull(localDisks, "localDisks is null");
    instanceTypes = List.copyOf(instanceTypes);
    if (!isName(name)) {
      throw new IllegalArgumentException("name is '%s'; expected %s".formatted(name, NAME));
    }
    requireTypes(name, instanceTypes);
    requireSizes(name, purpose, min, desired, max);
    requireDisks(name, localDisks, instanceTypes);
    if (!isRootVolume(rootVolumeGiB)) {
      throw new IllegalArgumentException(
          "rootVolumeGiB of %s is %d; expected %s".formatted(name, rootVolumeGiB, ROOT_VOLUME));
    }
  }

  public static boolean isName(String text) {
    return NAME_FORM.matcher(text).matches();
  }

  public static boolean isRootVolume(int gibibytes) {
    return gibibytes >= 20 && gibibytes <= 16_384;
  }

  public Architecture architecture() {
    return instanceTypes.get(0).architecture();
  }

  /** Whether something else than Pulumi decides how many nodes there are. */
  public boolean isAutoscaled() {
    return min < max;
  }

  private static void requireTypes(String name, List<InstanceType> types) {
    if (types.isEmpty() || Set.copyOf(types).size() < types.size()) {
      throw new IllegalArgumentException(
          "instanceTypes of %s are %s; expected one or more, each once".formatted(name, types));
    }
    if (types.stream().map(InstanceType::architecture).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "instanceTypes of %s are %s; expected all of x86_64 or all of arm64 (Graviton)"
              .formatted(name, types));
    }
  }

  private static void requireSizes(String name, Purpose purpose, int min, int desired, int max) {
    if (min < 0 || min > desired || desired > max || max < 1) {
      throw new IllegalArgumentException(
          "sizes of %s are min %d, desired %d, max %d; expected rising ones and a max of 1 or more"
              .formatted(name, min, desired, max));
    }
    if (purpose == Purpose.SYSTEM && min < 1) {
      throw new IllegalArgumentException(
          "min of %s is %d; expected 1 or more: the cluster's own pods run there"
              .formatted(name, min));
    }
    if (purpose == Purpose.STORAGE && min != max) {
      throw new IllegalArgumentException(
          "sizes of %s are min %d and max %d; expected the same, as no autoscaler may remove storage"
              .formatted(name, min, max));
    }
  }

  private static void requireDisks(String name, LocalDisks disks, List<InstanceType> types) {
    Predicate<InstanceType> fits =
        switch (disks) {
          case NONE -> type -> true;
          case RAID0, STATIC -> InstanceType::hasLocalDisks;
          case CSI -> InstanceType::isKnownToInstanceStoreCsi;
        };
    var unfit = types.stream().filter(fits.negate()).toList();
    if (!unfit.isEmpty()) {
      throw new IllegalArgumentException(
          "localDisks of %s is %s, which %s cannot have; expected types such as i4i.4xlarge, or NONE"
              .formatted(name, disks, unfit));
    }
  }
}
