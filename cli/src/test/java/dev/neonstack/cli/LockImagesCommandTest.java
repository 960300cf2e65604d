package dev.neonstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockImagesCommandTest {
  private static final String OLD = "sha256:" + "0".repeat(64);
  private static final String NEW = "sha256:" + "a1".repeat(32);

  @TempDir private Path home;

  private FakeRegistry registry;

  @BeforeEach
  void start() throws IOException {
    registry = new FakeRegistry();
    lock("base: %s/debian:bookworm-slim@%s".formatted(registry.host(), OLD));
    registry.holds("debian", "bookworm-slim", Optional.of(NEW));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void aNewDigestReplacesTheOldOneAndTheDayIsWrittenDown() throws IOException {
    var result = run();

    assertThat(result.code()).isZero();
    assertThat(result.out()).contains("base", "debian:bookworm-slim", NEW, "new");
    assertThat(lock())
        .contains("  base: %s/debian:bookworm-slim@%s\n".formatted(registry.host(), NEW))
        .containsPattern("locked: \\d{4}-\\d\\d-\\d\\d\n")
        .startsWith("# Every image by digest.")
        .doesNotContain(OLD);
  }

  @Test
  void theTokenComesFromWhereTheRegistrySays() {
    run();

    assertThat(registry.asked())
        .containsExactly(
            "HEAD /v2/debian/manifests/bookworm-slim",
            "GET /token?service=fake&scope=repository%3Ax%3Apull",
            "HEAD /v2/debian/manifests/bookworm-slim");
  }

  @Test
  void aRegistryThatNamesNoDigestIsAskedForTheManifestItself() throws IOException {
    registry.holds("debian", "bookworm-slim", Optional.empty());

    assertThat(run().code()).isZero();
    assertThat(registry.asked()).contains("GET /v2/debian/manifests/bookworm-slim");
    assertThat(lock())
        .contains("@sha256:e0399e641a5cf7f2c3d09660de8235bfff6c15309ea50f0b6b021c6b9ea76e22");
  }

  @Test
  void anEntryWithoutADigestGetsOne() throws IOException {
    lock("base: %s/debian:bookworm-slim".formatted(registry.host()));

    run();

    assertThat(lock()).contains("debian:bookworm-slim@" + NEW);
  }

  @Test
  void onlyWhatIsNamedIsAsked() throws IOException {
    lock(
        "base: %s/debian:bookworm-slim\n  other: %s/other:1@%s"
            .formatted(registry.host(), registry.host(), OLD));

    assertThat(run("base").code()).isZero();
    assertThat(lock()).contains("other:1@" + OLD, "debian:bookworm-slim@" + NEW);
    assertThat(registry.asked()).noneMatch(line -> line.contains("other"));
  }

  @Test
  void whatTheRegistryDoesNotTellStaysAsItWas() throws IOException {
    lock(
        "gone: %s/gone:1@%s\n  base: %s/debian:bookworm-slim"
            .formatted(registry.host(), OLD, registry.host()));

    var result = run();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out()).contains("NOT ASKED: the registry has no", "gone:1");
    assertThat(lock()).contains("gone:1@" + OLD, "debian:bookworm-slim@" + NEW);
  }

  @Test
  void everyRefusalIsOneSentence() throws IOException {
    registry.answers(429);
    assertThat(run().out()).contains("asked too often");
    registry.answers(403);
    assertThat(run().out()).contains("lets nobody without an account see");
    registry.answers(500);
    assertThat(run().out()).contains("the registry answers 500 for");
    registry.close();
    assertThat(run().out()).contains("127.0.0.1 cannot be reached");
    assertThat(lock()).contains(OLD);
  }

  @Test
  void aTokenIsNotFetchedFromAnotherKindOfPlace() {
    registry.sendsForTokensTo("ftp://127.0.0.1/token");

    assertThat(run().out()).contains("expected a Bearer token from http://");
  }

  @Test
  void anAnswerThatIsNoDigestIsNotWritten() throws IOException {
    registry.holds("debian", "bookworm-slim", Optional.of("sha256:12"));

    assertThat(run().out()).contains("the registry answers 'sha256:12'");
    assertThat(lock()).contains(OLD);
  }

  @Test
  void anUnknownNameIsRefusedWithThoseThereAre() {
    assertThat(run("jre").err()).contains("has no 'jre'; there are: base");
  }

  @Test
  void theLockOfTheRepositoryCanBeReadAndWrittenAgain() throws IOException {
    var original = LockedImages.read(Path.of("../images/lock.yaml"));
    var file = home.resolve("copy.yaml");
    original.write(file, LocalDate.EPOCH);

    assertThat(LockedImages.read(file)).isEqualTo(original);
    assertThat(original.images()).containsKeys("base", "build", "neon", "compute-v17");
  }

  @Test
  void namesWithoutARegistryAreThoseOfDockerHub() {
    var debian = ImageName.parse("debian:bookworm-slim");
    assertThat(debian.registry()).hasHost("registry-1.docker.io").hasScheme("https");
    assertThat(debian.path()).isEqualTo("library/debian");
    assertThat(ImageName.parse("valkey/valkey:8").path()).isEqualTo("valkey/valkey");
    var other = ImageName.parse("ghcr.io/cloudnative-pg/postgresql:17.5@" + OLD);
    assertThat(other.registry()).hasHost("ghcr.io");
    assertThat(other.path()).isEqualTo("cloudnative-pg/postgresql");
    assertThat(other.digest()).contains(OLD);
    assertThatThrownBy(() -> ImageName.parse("debian"))
        .hasMessageContaining("'debian' is not an image with a tag");
  }

  private Cli.Result run(String... names) {
    var arguments = new String[1 + names.length];
    arguments[0] = "lock-images";
    System.arraycopy(names, 0, arguments, 1, names.length);
    return Cli.run(Map.of("NEONSTACK_HOME", home.toString()), arguments);
  }

  private void lock(String entries) throws IOException {
    Files.createDirectories(home.resolve("images"));
    Files.writeString(home.resolve("images/lock.yaml"), "images:\n  " + entries + "\n");
  }

  private String lock() throws IOException {
    return Files.readString(home.resolve("images/lock.yaml"));
  }
}
