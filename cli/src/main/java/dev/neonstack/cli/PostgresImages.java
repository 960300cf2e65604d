package dev.neonstack.cli;

import dev.neonstack.review.policy.PostgresVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which Postgres the images of a stack hold, and which known faults it still has. */
final class PostgresImages {
  private static final String MIRRORED = "compute-v17";

  private final Map<String, String> environment;
  private final String stack;

  PostgresImages(Map<String, String> environment, String stack) {
    this.environment = environment;
    this.stack = stack;
  }

  Stream<Check> checks() {
    var images = StackSettings.images(environment, stack);
    return Stream.of(
            check("Postgres of the controller", Optional.ofNullable(images.get("postgres"))),
            check("Postgres of computes", computes(images)))
        .flatMap(Optional::stream);
  }

  /** Only a stack that copies Neon's images has one of computes that the lock file names. */
  private Optional<String> computes(Map<String, String> images) {
    if (!"mirror".equals(images.get("source"))) {
      return Optional.empty();
    }
    var home = Path.of(environment.getOrDefault("NEONSTACK_HOME", "."));
    try {
      return Optional.ofNullable(
              LockedImages.read(home.resolve("images/lock.yaml")).images().get(MIRRORED))
          .map(ImageName::toString);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Check> check(String name, Optional<String> image) {
    return image.flatMap(PostgresVersion::ofImage).map(version -> check(name, version));
  }

  private static Check check(String name, PostgresVersion version) {
    var lacks = version.lacks();
    return lacks.isEmpty()
        ? Check.ok(name, version + ", no fault of it is known")
        : Check.warning(
            name,
            "%s lacks what mends %s; docs/policy.md says what to do (postgres-fixes)"
                .formatted(version, String.join(", ", lacks)));
  }
}
