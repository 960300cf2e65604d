package dev.neonstack.review.policy;

import static dev.neonstack.review.policy.CheckedRule.rule;

import dev.neonstack.review.Declared;
import dev.neonstack.review.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Rules for the Postgres in images of computes and databases. */
final class PostgresRules {
  private static final String DATABASE = "kubernetes:postgresql.cnpg.io/v1:Cluster";
  private static final String IMAGE = "docker:index/image:Image";

  /** Computes that are built here run the newest version that Neon has. */
  private static final int NEWEST = 17;

  private PostgresRules() {}

  static List<CheckedRule> all() {
    return List.of(
        rule("postgres-fixes", "a minor version of Postgres without known faults")
            .because("Some of them let any role of a database run code of its own on the server.")
            .inProduction()
            .change(
                "Take an image with a later minor version; where there is none, write down why you run this one.",
                (all, profile) -> Stream.concat(databases(all), computes(all))));
  }

  private static Stream<Finding> databases(Declarations all) {
    return all.of(DATABASE)
        .filter(one -> !Values.isHidden(one.input("spec.imageName")))
        .flatMap(
            one -> finding(one, PostgresVersion.ofImage(one.input("spec.imageName").asText())));
  }

  private static Stream<Finding> computes(Declarations all) {
    return all.of(IMAGE).flatMap(image -> finding(image, compute(image)));
  }

  private static Optional<PostgresVersion> compute(Declared image) {
    var copied = image.input("build.args.SOURCE");
    if (!Values.isAbsent(copied) && !Values.isHidden(copied)) {
      return PostgresVersion.ofImage(copied.asText());
    }
    var built = image.input("build.dockerfile").asText("").endsWith("/compute/Dockerfile");
    return built ? PostgresVersion.ofNeon(NEWEST) : Optional.empty();
  }

  private static Stream<Finding> finding(Declared resource, Optional<PostgresVersion> found) {
    return found
        .filter(version -> !version.lacks().isEmpty())
        .map(
            version ->
                new Finding(
                    resource,
                    "Postgres is '%s' and lacks what mends %s"
                        .formatted(version, String.join(", ", version.lacks()))))
        .stream();
  }
}
