package dev.neonstack.components.aws.iam;

import java.util.regex.Pattern;

/** A service account of Kubernetes. */
public record ServiceAccountRef(String namespace, String name) {
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

  public ServiceAccountRef {
    require(NAMESPACE, "namespace", namespace);
    require(NAME, "name", name);
  }

  /** How a token of the account names its subject. */
  public String subject() {
    return "system:serviceaccount:%s:%s".formatted(namespace, name);
  }

  private static void require(Pattern form, String field, String value) {
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s of a service account is '%s'; expected lower case letters, digits and dashes"
              .formatted(field, value));
    }
  }
}
