package dev.neonstack.components.aws.ebs;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A class of EBS volumes.
 *
 * @param name of the StorageClass
 * @param iops of each volume, whatever its size
 * @param throughputMiB of each volume in MiB per second; absent: what the type gives, for gp3 125
 * @param durable whether a volume stays when its claim goes
 */
public record EbsClass(
    String name, VolumeType type, int iops, Optional<Integer> throughputMiB, boolean durable) {
  /** Enough for 16,000 reads of 16 KiB per second. */
  private static final int GP3_THROUGHPUT_MIB = 250;

  private static final int MIN_THROUGHPUT_MIB = 125;
  private static final int MAX_THROUGHPUT_MIB = 1_000;
  private static final int IOPS_PER_MIB = 4;
  private static final int MAX_GIB = 16_384;
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  public EbsClass {
    requireNonNull(type, "type is null");
    requireNonNull(throughputMiB, "throughputMiB is null");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name for a StorageClass; expected lower case letters, digits and dashes"
              .formatted(name));
    }
    if (!type.takes(iops)) {
      throw new IllegalArgumentException(
          "iops of %s is %,d; expected %s for %s".formatted(name, iops, type.range(), type.word()));
    }
    throughputMiB.ifPresent(wanted -> requireThroughput(name, type, iops, wanted));
  }

  /** General purpose volumes with as many IOPS as the type gives. */
  public static EbsClass gp3Encrypted() {
    return new EbsClass(
        "gp3-encrypted", VolumeType.GP3, 16_000, Optional.of(GP3_THROUGHPUT_MIB), true);
  }

  /** Volumes for what gp3 is too slow for; each IOPS is paid for. */
  public static EbsClass io2() {
    return new EbsClass("io2", VolumeType.IO2, 32_000, Optional.empty(), true);
  }

  /** Why a volume of this size cannot be of the class. */
  public Optional<String> problem(int sizeGiB) {
    var smallest = type.smallest(iops);
    if (sizeGiB >= smallest && sizeGiB <= MAX_GIB) {
      return Optional.empty();
    }
    return Optional.of(
        ("a volume of %,d GiB cannot be of class %s, which has %,d IOPS; expected %,d to %,d GiB, as"
                + " %s gives %d IOPS per GiB")
            .formatted(
                sizeGiB, name, iops, smallest, MAX_GIB, type.word(), VolumeType.IOPS_PER_GIB));
  }

  private static void requireThroughput(String name, VolumeType type, int iops, int wanted) {
    if (type != VolumeType.GP3) {
      throw new IllegalArgumentException(
          "throughputMiB of %s is %,d; expected none, as that of %s follows from its IOPS"
              .formatted(name, wanted, type.word()));
    }
    var most = Math.min(MAX_THROUGHPUT_MIB, iops / IOPS_PER_MIB);
    if (wanted < MIN_THROUGHPUT_MIB || wanted > most) {
      throw new IllegalArgumentException(
          "throughputMiB of %s is %,d; expected %d to %,d, as gp3 gives 1 MiB per second for every %d of %,d IOPS"
              .formatted(name, wanted, MIN_THROUGHPUT_MIB, most, IOPS_PER_MIB, iops));
    }
  }
}
