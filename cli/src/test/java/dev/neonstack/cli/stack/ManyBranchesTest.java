package dev.neonstack.cli.stack;

import static dev.neonstack.cli.stack.Planned.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.cli.Cli;
import dev.neonstack.cli.FakeParts;
import dev.neonstack.local.client.LocalPaths;
import dev.neonstack.local.client.LocalProcess;
import dev.neonstack.local.serve.LocalPorts;
import dev.neonstack.local.serve.LocalServer;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.controlplane.BranchRegistration;
import dev.neonstack.neon.controlplane.ControlPlaneClient;
import dev.neonstack.neon.controlplane.ControlPlaneOptions;
import dev.neonstack.neon.controlplane.ProjectRegistration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** up of many branches: a line for each before, a row for each after, as the file has them. */
final class ManyBranchesTest {
  private static final int BRANCHES = 200;

  @TempDir private Path folder;

  private final TenantId demo = TenantId.random();
  private final List<String> names = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private FakeEngine engine;
  private LocalServer local;

  /** In an order that is nobody's: neither of the alphabet nor of the engine. */
  @BeforeEach
  void setUp() throws IOException, InterruptedException {
    engine = new FakeEngine(folder);
    var environment = engine.environment();
    local =
        LocalServer.start(
            LocalPaths.fromEnvironment(environment), new LocalPorts(0, 0, 0), new FakeParts());
    var services = LocalProcess.ofEnvironment(environment).find().orElseThrow();
    var client =
        new ControlPlaneClient(
            new ControlPlaneOptions(
                services.controlPlaneUrl(), Optional.of(services.apiKey()), Optional.empty()));
    client.registerProject(
        new ProjectRegistration(
            demo, "demo", 17, Duration.ofDays(7), Optional.empty(), Optional.empty()));
    IntStream.range(0, BRANCHES).forEach(number -> names.add("branch-" + number));
    Collections.shuffle(names, new Random(11));
    for (var name : names) {
      var id = TimelineId.random();
      client.registerBranch(demo, registration(id, name));
      steps.add(create("Branch", "demo/" + name, "\"branchId\": \"%s\"".formatted(id)));
      var part = "\"branch\": \"%s\", \"name\": \"app\"".formatted(TimelineId.random());
      steps.add(create("Role", "demo/" + name + "/app", part));
      steps.add(create("Database", "demo/" + name + "/app", part));
      steps.add(create("Endpoint", "demo/" + name, part));
    }
    Collections.shuffle(steps, new Random(7));
  }

  @AfterEach
  void tearDown() {
    local.close();
  }

  private static BranchRegistration registration(TimelineId id, String name) {
    return new BranchRegistration(
        id,
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        true,
        Optional.empty());
  }

  private static String create(String type, String name, String inputs) {
    return step("create", "neonstack:index:" + type, name, "{" + inputs + "}");
  }

  /** The branches as the lines of a text name them, one after the other. */
  private static List<String> named(String text, String start) {
    return text.lines()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).split(" ", 2)[0])
        .toList();
  }

  @Test
  void itSaysALineForEachBeforeAndAfterInTheOrderOfTheFile() throws Exception {
    engine.does(configuration(), steps);
    var result = Cli.run(engine.environment(), "up", "--stack", "local", "--local");

    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    var expected = names.stream().map(name -> "demo/" + name).toList();
    assertThat(named(result.out(), "+  ")).isEqualTo(expected);
    assertThat(named(result.out().substring(result.out().indexOf("BRANCH")), "")).hasSize(201);
    assertThat(
            named(result.out().substring(result.out().indexOf("BRANCH")), "demo/").stream()
                .map(name -> "demo/" + name))
        .isEqualTo(expected);
    assertThat(result.out().lines()).hasSizeLessThan(2 * BRANCHES + 10);
  }

  @Test
  void whereItFailsNothingIsPrintedAgain() throws Exception {
    engine.does(configuration(), steps);
    engine.fails("demo/" + names.get(3), "no port is free");
    var result = Cli.run(engine.environment(), "up", "--stack", "local", "--local");

    assertThat(result.code()).isEqualTo(1);
    assertThat(result.out().lines()).hasSizeLessThan(BRANCHES + 5);
    assertThat(result.err().lines()).hasSizeLessThan(5);
    assertThat(result.err()).contains("demo/" + names.get(3) + ": no port is free");
  }

  private String configuration() {
    return "{\"neonstack:projects\": [{\"name\": \"demo\", \"branches\": [%s]}]}"
        .formatted(
            names.stream().map("{\"name\": \"%s\"}"::formatted).collect(Collectors.joining(", ")));
  }
}
