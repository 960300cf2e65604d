package dev.neonstack.components.aws.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.components.aws.Architecture;
import dev.neonstack.components.neon.kube.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageSourceTest {
  @TempDir private Path folder;

  @Test
  void aTagNamesTheRevisionAndChangesWithWhatGoesIn() throws IOException {
    var before = built(new Build(folder)).tag(NeonImage.PAGESERVER);
    var other =
        built(
            new Build(folder).replace("ab".repeat(32) + "  pageserver/bin", "cd  pageserver/bin"));

    assertThat(before).matches("6a35a3e9f149-[0-9a-f]{12}");
    assertThat(other.tag(NeonImage.PAGESERVER)).isNotEqualTo(before);
    assertThat(other.tag(NeonImage.PROXY)).isEqualTo(built(new Build(folder)).tag(NeonImage.PROXY));
    assertThat(other.tag(NeonImage.PROXY)).isNotEqualTo(other.tag(NeonImage.SAFEKEEPER));
  }

  @Test
  void aTagChangesWithTheDockerfileAndTheBase() throws IOException {
    var dockerfiles = Files.createDirectories(folder.resolve("images/proxy")).getParent();
    Files.writeString(dockerfiles.resolve("proxy/Dockerfile"), "FROM scratch");
    var artifacts = new Build(folder).artifacts();
    var base = Build.base();
    var before =
        new BuiltImages(artifacts, new Dockerfiles(dockerfiles, base, Architecture.X86_64))
            .tag(NeonImage.PROXY);
    var otherBase = new ImageRef(base.text().replaceAll(".$", "0"));
    var onOther =
        new BuiltImages(artifacts, new Dockerfiles(dockerfiles, otherBase, Architecture.X86_64))
            .tag(NeonImage.PROXY);
    Files.writeString(dockerfiles.resolve("proxy/Dockerfile"), "FROM scratch AS other");
    var edited =
        new BuiltImages(artifacts, new Dockerfiles(dockerfiles, base, Architecture.X86_64))
            .tag(NeonImage.PROXY);

    assertThat(onOther).isNotEqualTo(before);
    assertThat(edited).isNotEqualTo(before);
  }

  @Test
  void aMirroredTagChangesWithTheProcessor() {
    var lock = Build.lock();

    assertThat(
            new MirroredImages(lock, Build.DOCKERFILES, Architecture.X86_64).tag(NeonImage.COMPUTE))
        .matches("release-compute-9073-[0-9a-f]{12}")
        .isNotEqualTo(
            new MirroredImages(lock, Build.DOCKERFILES, Architecture.ARM64).tag(NeonImage.COMPUTE));
  }

  @Test
  void missingArtifactsAreRefusedWithHowToGetThem() {
    assertThatThrownBy(() -> Artifacts.read(folder.resolve("none")))
        .hasMessageContaining("there are no artifacts in " + folder.resolve("none"))
        .hasMessageContaining("Run: ./neonstack build-neon");
  }

  @Test
  void artifactsThatLackAnImageAreRefused() {
    assertThatThrownBy(() -> new Build(folder).without("proxy/").artifacts())
        .hasMessageContaining("hold nothing for proxy. Run: ./neonstack build-neon");
  }

  @Test
  void artifactsWithoutARevisionAreRefused() {
    assertThatThrownBy(() -> new Build(folder).without("revision").artifacts())
        .hasMessageContaining("are of revision ''; expected 40");
  }

  @Test
  void artifactsForOtherProcessorsAreRefused() throws IOException {
    var artifacts = new Build(folder).artifacts();

    assertThatThrownBy(
            () ->
                new BuiltImages(
                    artifacts,
                    new Dockerfiles(Build.DOCKERFILES, Build.base(), Architecture.ARM64)))
        .hasMessageContaining("are for 'amd64'; expected arm64, as the nodes are");
  }

  @Test
  void aBaseWithoutADigestIsRefused() throws IOException {
    var artifacts = new Build(folder).artifacts();
    var base = new ImageRef("debian:bookworm-slim");

    assertThatThrownBy(
            () ->
                new BuiltImages(
                    artifacts, new Dockerfiles(Build.DOCKERFILES, base, Architecture.X86_64)))
        .hasMessageContaining("base is 'debian:bookworm-slim'; expected")
        .hasMessageContaining("./neonstack lock-images base");
  }

  @Test
  void aPublishedImageWithoutADigestIsRefused() {
    var lock =
        new ImageLock(Path.of("lock.yaml"), Map.of("neon", new ImageRef("neondatabase/neon:1")));

    assertThatThrownBy(() -> new MirroredImages(lock, Build.DOCKERFILES, Architecture.X86_64))
        .hasMessageContaining("'neon' in lock.yaml is 'neondatabase/neon:1'; expected")
        .hasMessageContaining("Run: ./neonstack lock-images neon");
  }

  @Test
  void anEntryThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Build.lock().pinned("jre"))
        .hasMessageContaining("lock.yaml has no entry 'jre'");
    assertThatThrownBy(() -> ImageLock.read(folder.resolve("lock.yaml")))
        .hasMessageContaining("is missing; get it back with: git checkout");
  }

  @Test
  void theLockOfTheRepositoryHasADigestForEverything() {
    var lock = Build.lock();

    assertThat(lock.images())
        .containsKeys("base", "build", "neon", "compute-v17", "valkey", "postgres");
    assertThat(lock.images().values()).allMatch(ImageRef::isPinned);
  }

  private static BuiltImages built(Build build) throws IOException {
    return new BuiltImages(
        build.artifacts(), new Dockerfiles(Build.DOCKERFILES, Build.base(), Architecture.X86_64));
  }
}
