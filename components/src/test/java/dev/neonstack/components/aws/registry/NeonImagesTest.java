package dev.neonstack.components.aws.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestResult;
import dev.neonstack.components.aws.Architecture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NeonImagesTest {
  private static final String IMAGE = "docker:index/image:Image";
  private static final String SECRET = "4dabf18193072939515e22adb298388d";

  @TempDir private Path folder;

  private final RecordedRegistry registry = new RecordedRegistry();
  private final AtomicReference<NeonImages> made = new AtomicReference<>();

  @AfterEach
  void cleanUp() {
    PulumiTest.cleanup();
  }

  @Test
  void anImageIsBuiltFromItsFolderOfArtifactsAndItsDockerfile() throws IOException {
    declare(built()).throwOnError();

    assertThat(registry.ofType(IMAGE)).hasSize(7);
    assertThat(registry.inputs(IMAGE, "neon-storage-broker").get("build"))
        .isEqualTo(
            Map.of(
                "context",
                folder.resolve("storage-broker").toString(),
                "dockerfile",
                "../images/storage-broker/Dockerfile",
                "platform",
                "linux/amd64",
                "args",
                Map.of("BASE", Build.base().text(), "REVISION", Build.REVISION)));
  }

  @Test
  void anImageIsPushedToItsRepositoryAndNeverBuiltInAPreview() throws IOException {
    declare(built()).throwOnError();

    assertThat(registry.inputs(IMAGE, "neon-proxy"))
        .containsEntry("buildOnPreview", false)
        .containsEntry(
            "imageName", RecordedRegistry.HOST + "/neon/proxy:" + built().tag(NeonImage.PROXY));
    assertThat(registry.inputs(IMAGE, "neon-proxy").get("registry"))
        .isEqualTo(
            Map.of(
                "server", RecordedRegistry.HOST,
                "username", "AWS",
                "password", "token-of-twelve-hours"));
  }

  @Test
  void theCredentialsAreSecret() throws IOException {
    declare(built()).throwOnError();

    var sent = registry.request("neon-proxy").getObject().getFieldsOrThrow("registry");
    var password = sent.getStructValue().getFieldsOrThrow("password").getStructValue();
    assertThat(password.getFieldsMap()).containsKey(SECRET);
    assertThat(sent.getStructValue().getFieldsOrThrow("username").getStructValue().getFieldsMap())
        .containsKey(SECRET);
  }

  @Test
  void aReferenceIsByDigest() throws IOException {
    declare(built()).throwOnError();

    assertThat(PulumiTest.extractValue(made.get().reference(NeonImage.SAFEKEEPER)))
        .isEqualTo(RecordedRegistry.HOST + "/neon/safekeeper" + RecordedRegistry.DIGEST);
  }

  @Test
  void everyImageHasTheComponentAsItsParent() throws IOException {
    declare(built()).throwOnError();

    assertThat(registry.request("neon-proxy").getParent())
        .endsWith("neonstack:aws:NeonImages::neon");
  }

  @Test
  void aDigestOfAnotherRepositoryIsNotTaken() throws IOException {
    registry.answersPushesWith("neondatabase/neon" + RecordedRegistry.DIGEST);

    assertThat(declare(built()).exceptions())
        .anySatisfy(
            problem ->
                assertThat(problem)
                    .hasStackTraceContaining("came back as 'neondatabase/neon@sha256:"));
  }

  @Test
  void aMirroredImageIsTheLockedOne() throws IOException {
    declare(mirrored()).throwOnError();

    assertThat(registry.inputs(IMAGE, "neon-proxy").get("build"))
        .isEqualTo(
            Map.of(
                "context", "../images/mirror",
                "dockerfile", "../images/mirror/Dockerfile",
                "platform", "linux/arm64",
                "args",
                    Map.of("SOURCE", Build.lock().pinned("neon").text(), "TITLE", "Neon proxy")));
    assertThat(registry.inputs(IMAGE, "neon-compute").get("build"))
        .asString()
        .contains("SOURCE=" + Build.lock().pinned("compute-v17").text());
    assertThat(registry.inputs(IMAGE, "neon-proxy").get("imageName"))
        .asString()
        .matches(RecordedRegistry.HOST + "/neon/proxy:release-9129-[0-9a-f]{12}");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theControlPlaneIsBuiltFromItsJarsWhereverNeonsImagesComeFrom(boolean mirror)
      throws IOException {
    declare(mirror ? mirrored() : built()).throwOnError();

    assertThat(registry.ofType(IMAGE)).hasSize(7);
    var inputs = registry.inputs(IMAGE, "neon-control-plane");
    assertThat(inputs.get("build"))
        .isEqualTo(
            Map.of(
                "context",
                folder.resolve("jars").toString(),
                "dockerfile",
                "../images/control-plane/Dockerfile",
                "platform",
                "linux/amd64",
                "args",
                Map.of("BASE", Build.base().text())));
    assertThat(inputs)
        .containsEntry("imageName", RecordedRegistry.HOST + "/neon/control-plane:" + jars().tag());
    assertThat(PulumiTest.extractValue(made.get().reference(NeonImage.CONTROL_PLANE)))
        .isEqualTo(RecordedRegistry.HOST + "/neon/control-plane" + RecordedRegistry.DIGEST);
  }

  @Test
  void anImageOfNoSourceHasNoReference() throws IOException {
    declareAll(List.of(jars().image())).throwOnError();

    assertThatThrownBy(() -> made.get().reference(NeonImage.PROXY))
        .hasMessageContaining("there is no image of proxy; there are: [CONTROL_PLANE]");
  }

  private Jars jars() throws IOException {
    return new Jars(folder.resolve("jars"));
  }

  private TestResult declare(ImageSource ofNeon) throws IOException {
    return declareAll(List.of(ofNeon, jars().image()));
  }

  private TestResult declareAll(List<ImageSource> sources) {
    return registry.run(
        context -> {
          var repositories =
              new Repositories(
                  "images", new Repositories.Spec("neon", Optional.empty(), true), null);
          made.set(new NeonImages("neon", repositories, sources, null));
        });
  }

  private BuiltImages built() throws IOException {
    return new BuiltImages(
        new Build(folder).artifacts(),
        new Dockerfiles(Build.DOCKERFILES, Build.base(), Architecture.X86_64));
  }

  private static MirroredImages mirrored() {
    return new MirroredImages(Build.lock(), Build.DOCKERFILES, Architecture.ARM64);
  }
}
