package dev.neonstack.review.loss;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.review.Change;
import dev.neonstack.review.Change.Kind;
import dev.neonstack.review.Declared;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Updates in place that make a resource hold less. */
final class Shrinking {
  private static final String STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
  private static final String LIFECYCLE = "aws:s3/bucketLifecycleConfiguration";
  private static final String LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

  private Shrinking() {}

  static Optional<String> of(Change change) {
    if (change.kind() != Kind.UPDATE || change.before().isEmpty() || change.after().isEmpty()) {
      return Optional.empty();
    }
    var before = change.before().get();
    var after = change.after().get();
    if (after.type().equals(STATEFUL_SET)) {
      return fewerPods(before, after);
    }
    if (after.type().startsWith(LIFECYCLE)) {
      return sooner(soonest(before), soonest(after), "objects older than %d days are deleted");
    }
    return after.type().equals(LOG_GROUP)
        ? sooner(kept(before), kept(after), "what is older than %d days is deleted")
        : Optional.empty();
  }

  private static Optional<String> fewerPods(Declared before, Declared after) {
    var had = before.input("spec.replicas").asInt(1);
    var has = after.input("spec.replicas").asInt(1);
    if (has >= had) {
      return Optional.empty();
    }
    var deletes =
        after
            .input("spec.persistentVolumeClaimRetentionPolicy.whenScaled")
            .asText()
            .equals("Delete");
    return Optional.of(
        "%d of its %d pods end; %s"
            .formatted(
                had - has,
                had,
                deletes ? "their volumes go with them" : "their volumes are left unused"));
  }

  private static OptionalInt soonest(Declared lifecycle) {
    return lifecycle.input("rules").valueStream().flatMapToInt(Shrinking::days).min();
  }

  private static IntStream days(JsonNode rule) {
    return IntStream.of(
            rule.path("expiration").path("days").asInt(),
            rule.path("noncurrentVersionExpiration").path("noncurrentDays").asInt())
        .filter(days -> days > 0);
  }

  private static OptionalInt kept(Declared logGroup) {
    var days = logGroup.input("retentionInDays").asInt();
    return days == 0 ? OptionalInt.empty() : OptionalInt.of(days);
  }

  private static Optional<String> sooner(OptionalInt before, OptionalInt after, String words) {
    return after.isPresent() && after.getAsInt() < before.orElse(Integer.MAX_VALUE)
        ? Optional.of(words.formatted(after.getAsInt()))
        : Optional.empty();
  }
}
