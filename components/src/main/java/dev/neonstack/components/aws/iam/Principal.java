package dev.neonstack.components.aws.iam;

import static java.util.Objects.requireNonNull;

import com.pulumi.core.Output;

/**
 * Who a statement is about, in policies that hang on what is asked for: trust policies of roles,
 * policies of buckets and keys.
 *
 * @param kind AWS's word for it, such as {@code Service}
 */
public record Principal(String kind, Output<String> id) {
  /** The kind of {@link #anyone}. */
  static final String ANYONE = "*";

  public Principal {
    requireNonNull(kind, "kind is null");
    requireNonNull(id, "id is null");
  }

  /** A service of AWS, such as {@code pods.eks.amazonaws.com}. */
  public static Principal service(String host) {
    return new Principal("Service", Output.of(host));
  }

  /** Whoever an identity provider vouches for. */
  public static Principal federated(Output<String> providerArn) {
    return new Principal("Federated", providerArn);
  }

  /** A role, user or account. */
  public static Principal aws(Output<String> arn) {
    return new Principal("AWS", arn);
  }

  /** Everyone, in statements that deny. */
  public static Principal anyone() {
    return new Principal(ANYONE, Output.of(ANYONE));
  }
}
