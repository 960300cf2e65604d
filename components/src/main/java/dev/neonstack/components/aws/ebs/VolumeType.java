package dev.neonstack.components.aws.ebs;

import java.util.Locale;

/** A type of EBS volume, with what AWS gives for it. */
public enum VolumeType {
  /** With 3,000 IOPS at any size, and no more than every region takes. */
  GP3(1, 3_000, 16_000, 3_000),
  /** Bounded by instances without Nitro cards, which take half of the IOPS per GiB of others. */
  IO2(4, 100, 64_000, 0);

  /** What both types give on every instance, above what a volume has at any size. */
  static final int IOPS_PER_GIB = 500;

  private final int minGiB;
  private final int minIops;
  private final int maxIops;
  private final int iopsAtAnySize;

  VolumeType(int minGiB, int minIops, int maxIops, int iopsAtAnySize) {
    this.minGiB = minGiB;
    this.minIops = minIops;
    this.maxIops = maxIops;
    this.iopsAtAnySize = iopsAtAnySize;
  }

  /** AWS's word for it, such as {@code gp3}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean takes(int iops) {
    return iops >= minIops && iops <= maxIops;
  }

  /** The range of IOPS a volume can have, as text. */
  String range() {
    return "%,d to %,d".formatted(minIops, maxIops);
  }

  /** The size of the smallest volume that can have these IOPS, in GiB. */
  int smallest(int iops) {
    if (iops <= iopsAtAnySize) {
      return minGiB;
    }
    return Math.max(minGiB, (iops + IOPS_PER_GIB - 1) / IOPS_PER_GIB);
  }
}
