package dev.neonstack.components.aws.bucket;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A bucket to have.
 *
 * @param region of the bucket, such as {@code eu-central-1}
 * @param pageserverPrefix of the keys of pageservers
 * @param safekeeperPrefix of the keys of safekeepers
 * @param historyRetention how far back branches may start; no version goes sooner
 * @param noncurrentDays how long versions stay that were overwritten or deleted
 * @param protectedData whether Pulumi refuses to remove the bucket, and leaves it when it is taken
 *     out of the program
 */
public record BucketSpec(
    BucketName name,
    String region,
    String pageserverPrefix,
    String safekeeperPrefix,
    Duration historyRetention,
    int noncurrentDays,
    boolean protectedData) {
  public static final String DEFAULT_PAGESERVER_PREFIX = "pageserver";
  public static final String DEFAULT_SAFEKEEPER_PREFIX = "safekeeper";
  public static final int DEFAULT_NONCURRENT_DAYS = 7;

  private static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-[1-9]");

  /**
   * No wildcards of IAM, as policies are made of it, and no slash at its ends, as Neon trims it.
   */
  private static final Pattern PREFIX = Pattern.compile("[a-z0-9_-]+(/[a-z0-9_-]+)*");

  public BucketSpec {
    requireNonNull(name, "name is null");
    if (!REGION.matcher(region).matches()) {
      throw new IllegalArgumentException(
          "region is '%s'; expected one of AWS's, such as eu-central-1".formatted(region));
    }
    requirePrefix("pageserverPrefix", pageserverPrefix);
    requirePrefix("safekeeperPrefix", safekeeperPrefix);
    requireApart(pageserverPrefix, safekeeperPrefix);
    if (Duration.ofDays(noncurrentDays).compareTo(historyRetention) < 0 || noncurrentDays < 1) {
      throw new IllegalArgumentException(
          "noncurrentDays is %d; expected 1 or more, and no less than historyRetention, which is %s"
              .formatted(noncurrentDays, historyRetention));
    }
  }

  private static void requirePrefix(String field, String prefix) {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "%s is '%s'; expected lower case letters, digits, dashes and slashes between them"
              .formatted(field, prefix));
    }
  }

  /** Else the role of one could reach what belongs to the other. */
  private static void requireApart(String one, String other) {
    var folders = List.of(one + "/", other + "/");
    if (folders.get(0).startsWith(folders.get(1)) || folders.get(1).startsWith(folders.get(0))) {
      throw new IllegalArgumentException(
          "pageserverPrefix '%s' and safekeeperPrefix '%s' overlap; expected two folders apart"
              .formatted(one, other));
    }
  }
}
