package dev.neonstack.neon.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a token lets its holder do. {@code tenantendpoint} is left out: no storage server takes it.
 */
public enum Scope {
  /** One project, at pageservers and safekeepers. */
  TENANT,
  /** Everything at pageservers, and projects and branches at the storage controller. */
  PAGESERVERAPI,
  /** Everything at safekeepers. */
  SAFEKEEPERDATA,
  /** Upcalls of pageservers to the storage controller. */
  GENERATIONS_API,
  /** Everything at the storage controller, nothing elsewhere. */
  ADMIN,
  /** Registering and draining pageservers and safekeepers at the storage controller. */
  INFRA,
  /** What the scrubber reads at the storage controller. */
  SCRUBBER,
  /** One storage controller asking another to step down. */
  CONTROLLER_PEER;

  /** The word in the claim. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scope of a word, when there is one. */
  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }
}
