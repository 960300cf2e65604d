package dev.neonstack.components.aws.bucket;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/** The name of a bucket, which no other bucket of any account has. */
public record BucketName(String text) {
  /**
   * How a name has to be written. S3 takes dots as well, but its certificates do not fit host names
   * with more of them.
   */
  public static final String EXPECTED =
      "3 to 63 lower case letters, digits and dashes, with no dash at either end and none of the"
          + " beginnings and endings S3 keeps for itself, such as xn-- or -s3alias";

  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
  private static final List<String> RESERVED_BEGINNINGS =
      List.of("xn--", "sthree-", "amzn-s3-demo-");
  private static final List<String> RESERVED_ENDINGS =
      List.of("-s3alias", "--ol-s3", "--x-s3", "--table-s3");

  public BucketName {
    requireNonNull(text, "text is null");
    if (!isName(text)) {
      throw new IllegalArgumentException(
          "'%s' is no name for a bucket; expected %s".formatted(text, EXPECTED));
    }
  }

  /** Whether S3 takes the text as a name. */
  public static boolean isName(String text) {
    return FORM.matcher(text).matches()
        && RESERVED_BEGINNINGS.stream().noneMatch(text::startsWith)
        && RESERVED_ENDINGS.stream().noneMatch(text::endsWith);
  }

  @Override
  public String toString() {
    return text;
  }
}
