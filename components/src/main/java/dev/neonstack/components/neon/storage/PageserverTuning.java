package dev.neonstack.components.neon.storage;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a pageserver uses its machine, and what every project starts with.
 *
 * @param pageCacheMiB memory for pages, in MiB
 * @param maxFileDescriptors open files
 * @param maxDiskUsagePercent of its volume, above which it drops what the object store has as well
 * @param historyRetention how far back a branch can start, where a project says nothing else
 * @param walRetentionMiB how much WAL is kept of a project however old it is, in MiB; never 0,
 *     which would switch the removal of old data off
 * @param heatmapPeriod how often a standby is told what to hold warm; zero: never
 * @param logFormat plain or json
 */
public record PageserverTuning(
    int pageCacheMiB,
    int maxFileDescriptors,
    int maxDiskUsagePercent,
    Duration historyRetention,
    int walRetentionMiB,
    Duration heatmapPeriod,
    String logFormat) {
  /** For a machine of 16 GB of memory. */
  public static final PageserverTuning SMALL =
      new PageserverTuning(2048, 4096, 80, Duration.ofDays(7), 64, Duration.ofMinutes(5), "json");

  /** For a machine of 256 GB of memory, 10 Gb/s and NVMe disks. */
  public static final PageserverTuning LARGE =
      new PageserverTuning(
          48 * 1024, 65_536, 85, Duration.ofDays(7), 1024, Duration.ofMinutes(5), "json");

  private static final int KIB_OF_A_PAGE = 8;
  private static final int MOST_PERCENT = 95;

  public PageserverTuning {
    requireNonNull(historyRetention, "historyRetention is null");
    requireNonNull(heatmapPeriod, "heatmapPeriod is null");
    requireNonNull(logFormat, "logFormat is null");
    atLeastOne("pageCacheMiB", pageCacheMiB);
    atLeastOne("maxFileDescriptors", maxFileDescriptors);
    atLeastOne("walRetentionMiB", walRetentionMiB);
    if (maxDiskUsagePercent < 1 || maxDiskUsagePercent > MOST_PERCENT) {
      throw new IllegalArgumentException(
          "maxDiskUsagePercent is %d; expected 1 to %d"
              .formatted(maxDiskUsagePercent, MOST_PERCENT));
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s is %d; expected 1 or more".formatted(name, value));
    }
  }

  /** The memory for pages as the pageserver counts it, in pages of 8 KiB. */
  long pageCachePages() {
    return pageCacheMiB * 1024L / KIB_OF_A_PAGE;
  }

  /** The same with another size of the page cache. */
  public PageserverTuning withPageCacheMiB(int size) {
    return new PageserverTuning(
        size,
        maxFileDescriptors,
        maxDiskUsagePercent,
        historyRetention,
        walRetentionMiB,
        heatmapPeriod,
        logFormat);
  }
}
