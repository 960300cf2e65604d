package dev.neonstack.cli.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real libexec/build-neon with a toolchain that only pretends. */
final class BuildNeonScriptTest {
  @TempDir private Path folder;

  private Script script;
  private Checkout checkout;
  private FakeToolchain toolchain;
  private Path work;

  @BeforeEach
  void setUp() throws IOException {
    script = new Script(folder);
    checkout = new Checkout(folder);
    checkout.copy("libexec/build-neon");
    checkout.copy("libexec/common.sh");
    checkout.copy("images/lock.yaml");
    toolchain = new FakeToolchain(script, folder);
    work = folder.resolve("cache/neon-" + FakeToolchain.REVISION);
  }

  @Test
  void everyImageGetsAFolderWithWhatItCopies() throws Exception {
    var result = build();

    assertThat(result.err()).contains("collecting the artifacts: done in");
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    var artifacts = work.resolve("artifacts");
    assertThat(files(artifacts))
        .contains(
            "pageserver/bin/pageserver",
            "pageserver/postgres/v14/bin/postgres",
            "pageserver/postgres/v17/share/zones",
            "safekeeper/bin/safekeeper",
            "proxy/bin/proxy",
            "storage-broker/bin/storage_broker",
            "storage-controller/bin/storage_controller",
            "compute/bin/compute_ctl",
            "compute/postgres/lib/libpq.so.5")
        .noneMatch(
            file -> file.endsWith(".a") || file.contains("include") || file.contains(".fresh"));
    assertThat(artifacts.resolve("compute/postgres/lib/libpq.so.5"))
        .isRegularFile()
        .matches(file -> !Files.isSymbolicLink(file), "a file and no link");
    assertThat(checkout.file("images/artifacts").toRealPath()).isEqualTo(artifacts.toRealPath());
  }

  @Test
  void theManifestNamesTheRevisionAndEveryFileWithItsChecksum() throws Exception {
    build("--pg-versions", "17,16");

    var artifacts = work.resolve("artifacts");
    var manifest = Files.readAllLines(artifacts.resolve("manifest"));
    assertThat(manifest.subList(0, 3))
        .containsExactly(
            "revision " + FakeToolchain.REVISION, "architecture amd64", "postgres 16 17");
    assertThat(manifest.subList(3, 6))
        .containsExactly(
            "source https://github.com/neondatabase/neon.git",
            "source of postgres v16 https://example.test/postgres.git " + FakeToolchain.REVISION,
            "source of postgres v17 https://example.test/postgres.git " + FakeToolchain.REVISION);
    assertThat(manifest.subList(6, manifest.size()))
        .hasSize(files(artifacts).size() - 1)
        .allMatch(line -> line.matches("[0-9a-f]{64}  [a-z-]+/(bin/.+|postgres/.+|dependencies)"));
    assertThat(artifacts.resolve("proxy/dependencies"))
        .hasContent("pageserver v0.1.0  Apache-2.0\nserde v1 https://example.test/serde MIT\n");
    assertThat(files(artifacts)).noneMatch(file -> file.contains("/v14/"));
  }

  @Test
  void thePinnedRevisionIsBuiltAsUpstreamReleasesIt() throws Exception {
    build("--jobs", "5");

    assertThat(toolchain.calls("git"))
        .anyMatch(
            call ->
                call.endsWith(
                    "fetch --depth 1 https://github.com/neondatabase/neon.git "
                        + FakeToolchain.REVISION))
        .anyMatch(call -> call.contains("submodule update --init --depth 1 --recursive"));
    assertThat(toolchain.calls("make"))
        .hasSize(6)
        .allMatch(call -> call.contains(" -j 5 "))
        .anyMatch(call -> call.endsWith("BUILD_TYPE=release postgres-headers-install"))
        .anyMatch(call -> call.endsWith("BUILD_TYPE=release neon-pg-ext-v14"))
        .anyMatch(call -> call.contains("/build/v17/contrib "));
    assertThat(toolchain.calls("cargo"))
        .last()
        .asString()
        .startsWith("cargo build --release --locked --jobs 5 --bin pageserver")
        .doesNotContain("testing");
    assertThat(toolchain.calls("strip")).isNotEmpty();
  }

  @Test
  void picturesOfProfilesAreLeftOutAndNothingElse() throws Exception {
    build();

    var source = work.resolve("source");
    assertThat(source.resolve("Cargo.toml"))
        .hasContent(
            """
            jemalloc_pprof = { version = "0.7", features = ["symbolize"] }
            pprof = { features = ["criterion", "prost-codec"] }
            """);
    assertThat(source.resolve("libs/http-utils/src/endpoint.rs"))
        .content()
        .contains("Format::Pprof => {")
        .doesNotContain("Svg", "flamegraph");
  }

  @Test
  void packagesThatNeonDoesNotPinAreRefused() throws Exception {
    toolchain.cargoFinds("newcomer", "MIT");
    var result = build();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("\"newcomer\" \"1\"", "the packages above are not those that Neon pins");
    assertThat(toolchain.calls("cargo build")).isEmpty();
  }

  @Test
  void codeUnderTheCddlIsNotBuilt() throws Exception {
    toolchain.cargoFinds("serde", "CDDL-1.0");
    var result = build();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("CDDL-1.0", "must not be in what is built");
    assertThat(toolchain.calls("cargo build")).isEmpty();
    toolchain.cargoWorks();
    assertThat(build().code()).isZero();
  }

  @Test
  void aSecondRunHasNothingToDo() throws Exception {
    build();
    var before = toolchain.calls().stream().filter(call -> !call.contains("rev-parse")).toList();
    var second = build();

    assertThat(second.code()).isZero();
    assertThat(second.err()).containsOnlyOnce("artifacts: done before");
    assertThat(toolchain.calls())
        .filteredOn(call -> !call.contains("rev-parse") && !call.contains("--version"))
        .hasSameSizeAs(before.stream().filter(call -> !call.contains("--version")).toList());
  }

  @Test
  void artifactsThatAreGoneAreCollectedAgain() throws Exception {
    build();
    Files.delete(work.resolve("artifacts/manifest"));
    Files.delete(work.resolve("artifacts/proxy/bin/proxy"));

    assertThat(build().code()).isZero();
    assertThat(work.resolve("artifacts/proxy/bin/proxy")).exists();
    assertThat(toolchain.calls("cargo build")).hasSize(1);
  }

  @Test
  void aKilledRunIsTakenUpWhereItStood() throws Exception {
    var pid = folder.resolve("cargo-pid");
    toolchain.logged(
        "cargo",
        "[ \"$1\" != --version ] || exit 0\necho $$ >'"
            + pid
            + ".new'; mv '"
            + pid
            + ".new' '"
            + pid
            + "'; exec sleep 600");
    script.program("rustup", "exit 0");
    var running = start();
    while (Files.notExists(pid)) {
      Thread.sleep(20);
    }
    running.destroyForcibly().waitFor();
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
    toolchain.cargoWorks();

    var result = build();

    assertThat(result.err())
        .contains("extension: done before", "programs, an hour and more: done in");
    assertThat(result.code()).isZero();
    assertThat(toolchain.calls("make")).hasSize(6);
    assertThat(work.resolve("lock")).doesNotExist();
  }

  @Test
  void aSecondRunAtTheSameTimeIsRefused() throws Exception {
    Files.createDirectories(work);
    Files.writeString(work.resolve("lock"), ProcessHandle.current().pid() + "\n");

    var result = build();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("is building Neon already", "tail -f " + work.resolve("build.log"));
    assertThat(toolchain.calls()).isEmpty();
  }

  @Test
  void allThatIsMissingIsNamedAtOnceWithHowToGetIt() throws Exception {
    script.program("pkg-config", "[ \"$2\" != libseccomp ] && [ \"$2\" != zlib ]");
    script.remove("protoc");
    script.remove("cargo");

    var result = build();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("not here: protoc cargo libseccomp zlib.")
        .contains("sudo dnf install git make gcc", "sudo apt install git make gcc", "rustup");
    assertThat(toolchain.calls()).isEmpty();
  }

  @Test
  void aCargoThatIsTooOldIsNamed() throws Exception {
    toolchain.logged("cargo", "echo 'cargo 1.63.0'");

    assertThat(build().err()).contains("cargo is version 1.63.0; Neon needs 1.88.0 or later");
  }

  @Test
  void aFullDiskIsSaidBeforeAnythingIsFetched() throws Exception {
    toolchain.freeGib(39);

    var result = build();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("takes 40 GiB", "39 GiB are free", "NEONSTACK_CACHE");
    assertThat(toolchain.calls()).isEmpty();
  }

  @Test
  void anotherRevisionInTheSourceIsRefused() throws Exception {
    build();
    toolchain.isAt("1".repeat(40));

    var result = build();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains("is at " + "1".repeat(40), "pinned " + FakeToolchain.REVISION, "Delete " + work);
  }

  @Test
  void withoutANetworkItSaysWhatItNeeds() throws Exception {
    toolchain.logged(
        "git", "[ \"$3\" != fetch ] || { echo 'fatal: could not resolve host'; exit 128; }");

    var result = build();

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "could not resolve host", "this failed", "reaches github.com", "goes on from there");
    assertThat(toolchain.calls("git")).noneMatch(call -> call.contains("checkout"));
  }

  @Test
  void aFailedStepIsNotTakenForDone() throws Exception {
    toolchain.logged("strip", "exit 1");

    assertThat(build().code()).isEqualTo(1);
    assertThat(work.resolve("artifacts/manifest")).doesNotExist();
    toolchain.logged("strip", "");
    assertThat(build().code()).isZero();
    assertThat(toolchain.calls("cargo build")).hasSize(1);
  }

  @Test
  void onAnotherSystemItBuildsInAContainerOfTheLockedImage() throws Exception {
    toolchain.glibc("2.42");
    toolchain.logged("podman", "");

    var result = build("--pg-versions", "17", "--jobs", "2");

    assertThat(result.code()).isZero();
    assertThat(toolchain.calls()).hasSize(1);
    assertThat(toolchain.calls("podman run --rm"))
        .singleElement()
        .asString()
        .contains("--volume " + checkout.home() + ":" + checkout.home() + ":ro")
        .contains("NEONSTACK_BUILD_INSIDE=yes rust:1.88.0-bookworm@sha256:")
        .endsWith("--pg-versions 17 --jobs 2 --dest " + work.resolve("artifacts"));
  }

  @Test
  void insideTheContainerNobodyWaitsForALock() throws Exception {
    Files.createDirectories(work);
    Files.writeString(work.resolve("lock"), ProcessHandle.current().pid() + "\n");

    var result =
        script.run(
            folder,
            Map.of(
                "NEONSTACK_CACHE",
                folder.resolve("cache").toString(),
                "NEONSTACK_BUILD_INSIDE",
                "yes"),
            command());

    assertThat(result.code()).isZero();
    assertThat(work.resolve("artifacts/manifest")).exists();
    assertThat(checkout.file("images/artifacts")).doesNotExist();
  }

  @Test
  void onAnotherSystemWithoutAContainerEngineItSaysHowToGetOne() throws Exception {
    toolchain.glibc("2.42");

    assertThat(build().err())
        .contains("glibc 2.36 (Debian 12); it has 2.42", "sudo dnf install podman");
  }

  @Test
  void aBuildImageWithoutADigestIsRefused() throws Exception {
    toolchain.glibc("2.42");
    script.program("podman", "exit 0");
    checkout.write("images/lock.yaml", "images:\n  build: rust:1.88.0-bookworm\n");

    assertThat(build().err())
        .contains("'build' of images/lock.yaml has no digest", "lock-images build");
  }

  @Test
  void whatItDoesNotKnowIsAMisuse() throws Exception {
    assertThat(build("--pg-versions", "13").err())
        .contains("--pg-versions has '13'; expected some of");
    assertThat(build("--jobs", "many").err()).contains("--jobs is 'many'; expected a number");
    assertThat(build("--jobs").err()).contains("--jobs needs a value");
    assertThat(build("now").code()).isEqualTo(2);
    assertThat(build("--help").out()).contains("--pg-versions LIST");
  }

  private Script.Result build(String... arguments) throws IOException, InterruptedException {
    return script.run(folder, environment(), command(arguments));
  }

  private Process start() throws IOException {
    return script
        .builder(folder, environment(), command())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private Map<String, String> environment() {
    return Map.of("NEONSTACK_CACHE", folder.resolve("cache").toString());
  }

  private List<String> command(String... arguments) {
    var command = new ArrayList<String>();
    command.add(checkout.file("libexec/build-neon").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static List<String> files(Path folder) throws IOException {
    try (var found = Files.walk(folder)) {
      return found
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}
