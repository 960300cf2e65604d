package dev.neonstack.review.loss;

import dev.neonstack.review.Declared;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** When a branch ends by itself. */
public final class Expiry {
  private Expiry() {}

  /** The moment that its properties name, where they do; a {@code ttl} counts from now. */
  public static Optional<Instant> of(Declared branch, Instant now) {
    var ttl = branch.input("ttl").asText("");
    if (Spans.isOne(ttl)) {
      return Optional.of(now.plus(Spans.of(ttl)));
    }
    try {
      return Optional.of(branch.input("expiresAt").asText(""))
          .filter(text -> !text.isEmpty())
          .map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
