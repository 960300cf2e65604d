package dev.neonstack.components.aws.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.components.aws.Architecture;
import dev.neonstack.components.neon.kube.ImageRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ControlPlaneImageTest {
  @TempDir private Path folder;
  private Path target;
  private Jars jars;

  @BeforeEach
  void build() throws IOException {
    target = folder.resolve("image");
    jars = new Jars(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"control-plane.jar", "neon-client-0.1.0.jar", "one-more-0.1.0.jar"})
  void anotherJarOfOursGivesAnotherTag(String jar) throws IOException {
    var before = jars.tag();

    assertThat(before).matches("neonstack-[0-9a-f]{12}");
    assertThat(jars.with("app/" + jar, "edited").tag()).isNotEqualTo(before);
  }

  @Test
  void anotherVersionOfAJarOfOthersGivesAnotherTagAndItsContentIsNotRead() throws IOException {
    var before = jars.tag();

    assertThat(jars.with("lib/javalin-7.2.3.jar", "the same version").tag()).isEqualTo(before);
    assertThat(jars.without("lib/javalin-7.2.3.jar").with("lib/javalin-7.2.4.jar", "javalin").tag())
        .isNotEqualTo(before);
  }

  @Test
  void theTagIsTheSameOnAnotherMachine() throws IOException {
    var elsewhere = new Jars(folder.resolve("elsewhere"));

    assertThat(elsewhere.tag()).isEqualTo(jars.tag());
  }

  @Test
  void aTagChangesWithDockerfileBaseAndProcessor() throws IOException {
    var dockerfiles = folder.resolve("images");
    var dockerfile = dockerfiles.resolve("control-plane/Dockerfile");
    Files.createDirectories(dockerfile.getParent());
    Files.writeString(dockerfile, "FROM scratch");
    var base = Build.base();
    var otherBase = new ImageRef(base.text().replaceAll(".$", "0"));
    var before = tag(dockerfiles, base, Architecture.X86_64);

    assertThat(tag(dockerfiles, otherBase, Architecture.X86_64)).isNotEqualTo(before);
    assertThat(tag(dockerfiles, base, Architecture.ARM64)).isNotEqualTo(before);
    Files.writeString(dockerfile, "FROM scratch AS other");
    assertThat(tag(dockerfiles, base, Architecture.X86_64)).isNotEqualTo(before);
  }

  private String tag(Path dockerfiles, ImageRef base, Architecture architecture) {
    return new ControlPlaneImage(jars.read(), new Dockerfiles(dockerfiles, base, architecture))
        .tag(NeonImage.CONTROL_PLANE);
  }

  @Test
  void jarsThatWereNotBuiltAreRefusedWithTheCommandThatBuildsThem() throws IOException {
    assertThatThrownBy(() -> ServerJars.read(folder.resolve("none")))
        .hasMessage(
            "the jars of the control plane are not in %s: app/control-plane.jar is missing. Run: libexec/build",
            folder.resolve("none"));
    jars.without("lib/javalin-7.2.3.jar").without("lib/slf4j-api-2.0.20.jar").without("lib");
    assertThatThrownBy(jars::read).hasMessageContaining("lib is missing. Run: libexec/build");
  }

  @Test
  void aBaseWithoutADigestIsRefused() {
    var base = new ImageRef("debian:bookworm-slim");

    assertThatThrownBy(() -> tag(Build.DOCKERFILES, base, Architecture.X86_64))
        .hasMessageContaining("base is 'debian:bookworm-slim'; expected")
        .hasMessageContaining("./neonstack lock-images base");
  }
}
