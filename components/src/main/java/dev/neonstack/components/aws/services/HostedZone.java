package dev.neonstack.components.aws.services;

import java.util.regex.Pattern;

/**
 * A zone of Route 53 and the domain in it under which endpoints have their names.
 *
 * @param id of the zone
 * @param domain the zone's own, or one below it; endpoints are {@code ENDPOINT.DOMAIN}
 */
public record HostedZone(String id, String domain) {
  private static final Pattern ID = Pattern.compile("Z[A-Z0-9]{3,31}");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");

  /** The name of the certificate, which X.509 bounds to 64 characters, is the wildcard. */
  private static final int LONGEST_DOMAIN = 62;

  public HostedZone {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "hosted zone is '%s'; expected its id, such as Z0123456789ABCDEFGHIJ".formatted(id));
    }
    if (!DOMAIN.matcher(domain).matches() || domain.length() > LONGEST_DOMAIN) {
      throw new IllegalArgumentException(
          "domain is '%s'; expected a name such as db.example.com, of %d characters at most"
              .formatted(domain, LONGEST_DOMAIN));
    }
  }

  /** The name that stands for every endpoint. */
  public String wildcard() {
    return "*." + domain;
  }
}
