package dev.neonstack.components.aws.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Dockerfiles of the repository: our own rules, hadolint's, and a container engine's. */
final class DockerfilesTest {
  private static final String COPIES =
      "bin/(\\w+) /usr/local/bin/\\1|postgres /usr/local|(app|lib) /opt/neonstack/\\2";
  private static final String HADOLINT = "hadolint-2.15.1/bin/hadolint";

  @TempDir private Path folder;

  /** A Dockerfile with its continued lines joined and without comments. */
  private record Dockerfile(String name, List<String> lines) {
    static Dockerfile read(Path file) {
      var text = ImageSource.read(file).replaceAll("(?m)^#.*\\R", "").replace("\\\n", " ");
      return new Dockerfile(
          file.getParent().getFileName().toString(),
          text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    }

    List<String> all(String instruction) {
      return lines.stream()
          .filter(line -> line.startsWith(instruction + " "))
          .map(line -> line.substring(instruction.length() + 1).strip())
          .toList();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Dockerfile> all() throws IOException {
    try (var found = Files.list(Build.DOCKERFILES)) {
      return found
          .map(one -> one.resolve("Dockerfile"))
          .filter(Files::isRegularFile)
          .sorted()
          .map(Dockerfile::read)
          .toList()
          .stream();
    }
  }

  /** Those that are built of programs, which a mirrored image is not. */
  static Stream<Dockerfile> built() throws IOException {
    return all().filter(one -> !one.name().equals("mirror"));
  }

  @Test
  void everyImageHasADockerfile() throws IOException {
    assertThat(built().map(Dockerfile::name))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(NeonImage.values()).map(NeonImage::word).toList());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theBaseComesFromTheLockFile(Dockerfile dockerfile) {
    assertThat(dockerfile.all("FROM")).hasSize(1).allMatch(from -> from.matches("\\$\\{\\w+}"));
    var argument = dockerfile.all("FROM").get(0).replaceAll("\\W", "");
    assertThat(dockerfile.lines().get(0)).isEqualTo("ARG " + argument);
  }

  @ParameterizedTest
  @MethodSource("built")
  void itRunsAsANumberedUserThatIsNotRoot(Dockerfile dockerfile) {
    assertThat(dockerfile.all("USER")).containsExactly("1000:1000");
    assertThat(
            dockerfile
                .lines()
                .subList(dockerfile.lines().indexOf("USER 1000:1000"), dockerfile.lines().size()))
        .noneMatch(line -> line.matches("(RUN|COPY) .*"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingIsFetchedThatIsNotADebianPackage(Dockerfile dockerfile) {
    assertThat(dockerfile.all("ADD")).isEmpty();
    assertThat(dockerfile.all("RUN")).noneMatch(run -> run.matches(".*(https?:|\\|).*"));
  }

  @ParameterizedTest
  @MethodSource("built")
  void packagesAreFewAndTheirListsAreNotKept(Dockerfile dockerfile) {
    assertThat(dockerfile.all("RUN"))
        .filteredOn(run -> run.contains("apt-get"))
        .singleElement()
        .asString()
        .contains("--no-install-recommends")
        .contains("rm -rf /var/lib/apt/lists/*")
        .doesNotContain("upgrade", "-dev");
  }

  @ParameterizedTest
  @MethodSource("built")
  void onlyProgramsPostgresAndJarsAreCopied(Dockerfile dockerfile) {
    assertThat(dockerfile.all("COPY")).isNotEmpty().allMatch(copy -> copy.matches(COPIES));
  }

  @ParameterizedTest
  @MethodSource("all")
  void itSaysWhatItIs(Dockerfile dockerfile) {
    assertThat(String.join("\n", dockerfile.all("LABEL")))
        .contains("org.opencontainers.image.title=")
        .containsPattern("org\\.opencontainers\\.image\\.(revision|base\\.name)=\"\\$\\{");
  }

  @ParameterizedTest
  @MethodSource("built")
  void itIsStartedWithoutAShellAndWasTriedBefore(Dockerfile dockerfile) {
    assertThat(dockerfile.all("ENTRYPOINT")).singleElement().asString().startsWith("[\"");
    assertThat(String.join("\n", dockerfile.all("RUN"))).containsPattern("--(help|version)");
  }

  @Test
  void hadolintFindsNothing() throws Exception {
    var hadolint = hadolint();
    assumeTrue(
        hadolint.isPresent(), "no hadolint on PATH or in the cache; ./neonstack test installs it");
    var command = new ArrayList<String>();
    command.add(hadolint.orElseThrow());
    command.addAll(List.of("--no-color", "--config", "../config/hadolint.yaml"));
    all().forEach(one -> command.add("../images/" + one.name() + "/Dockerfile"));

    var result = run(command);

    assertThat(result.text()).isEmpty();
    assertThat(result.code()).isZero();
  }

  /** That of the control plane is built in {@code it}, where its jars are. */
  @Test
  void aContainerEngineBuildsThoseOfNeon() throws Exception {
    var engine = onPath("docker").or(() -> onPath("podman"));
    assumeTrue(
        engine.isPresent() && run(List.of(engine.orElseThrow(), "info")).code() == 0,
        "no container engine answers here");
    assumeTrue(
        run(List.of(engine.orElseThrow(), "pull", Build.base().text())).code() == 0,
        "the base image cannot be fetched here");
    new Build(folder).writeFiles();
    for (var image : NeonImage.ofNeon()) {
      var built =
          run(
              List.of(
                  engine.orElseThrow(),
                  "build",
                  "--file=../images/" + image.word() + "/Dockerfile",
                  "--build-arg=BASE=" + Build.base().text(),
                  "--build-arg=REVISION=" + Build.REVISION,
                  "--tag=neonstack-test/" + image.word(),
                  folder.resolve(image.word()).toString()));
      assertThat(built.code()).as(built.text()).isZero();
    }
  }

  private record Result(int code, String text) {}

  private static Result run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), text);
  }

  private static Optional<String> hadolint() {
    var cache =
        Optional.ofNullable(System.getenv("NEONSTACK_CACHE"))
            .orElseGet(() -> System.getProperty("user.home") + "/.cache/neonstack");
    return onPath("hadolint")
        .or(
            () ->
                Optional.of(Path.of(cache, HADOLINT))
                    .filter(Files::isExecutable)
                    .map(Path::toString));
  }

  private static Optional<String> onPath(String program) {
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(Optional.ofNullable(System.getenv("PATH")).orElse(""))
        .filter(one -> !one.isEmpty())
        .map(one -> Path.of(one, program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
