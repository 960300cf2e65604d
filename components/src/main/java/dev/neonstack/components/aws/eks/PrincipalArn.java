package dev.neonstack.components.aws.eks;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * A role or user of IAM.
 *
 * @param text such as {@code arn:aws:iam::123456789012:role/platform}
 */
public record PrincipalArn(String text) {
  /** How one is written. A session of a role (sts) is not one: name the role. */
  public static final String EXPECTED =
      "the ARN of a role or user such as arn:aws:iam::123456789012:role/platform";

  private static final Pattern FORM =
      Pattern.compile("arn:aws:iam::[0-9]{12}:(role|user)/[A-Za-z0-9+=,.@_/-]+");

  public PrincipalArn {
    requireNonNull(text, "text is null");
    if (!isPrincipal(text)) {
      throw new IllegalArgumentException("'%s' is not %s".formatted(text, EXPECTED));
    }
  }

  public static boolean isPrincipal(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String toString() {
    return text;
  }
}
