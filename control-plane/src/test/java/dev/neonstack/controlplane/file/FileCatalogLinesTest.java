package dev.neonstack.controlplane.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.controlplane.catalog.Branch;
import dev.neonstack.controlplane.catalog.BranchState;
import dev.neonstack.controlplane.catalog.Content;
import dev.neonstack.controlplane.catalog.Contents;
import dev.neonstack.controlplane.catalog.Contents.Known;
import dev.neonstack.controlplane.catalog.EndpointDefaults;
import dev.neonstack.controlplane.catalog.Operation;
import dev.neonstack.controlplane.catalog.Project;
import dev.neonstack.controlplane.catalog.RoleEntry;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store writes behind the content, and what is left of it after a crash. */
class FileCatalogLinesTest {
  private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");

  private final Project project = project(TenantId.random(), "alpha");
  private final Branch branch = branch("main");
  private final Operation operation =
      new Operation(
          "op",
          project.id(),
          Optional.of(branch.id()),
          Optional.empty(),
          "create_branch",
          Operation.Status.RUNNING,
          Optional.empty(),
          THEN,
          THEN);

  /** Each differs from the one before in things that came, changed and went. */
  private final List<Content> history =
      List.of(
          content(List.of(project), List.of(), List.of(), 0),
          content(List.of(project), List.of(branch), List.of(operation), 1),
          content(List.of(project(project.id(), "beta")), List.of(branch), List.of(), 2),
          content(List.of(project), List.of(), List.of(operation), 2),
          content(List.of(project), List.of(branch("grüße\n"), branch), List.of(operation), 3));

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("catalog.json");
  }

  private static Content content(
      List<Project> projects, List<Branch> branches, List<Operation> operations, long number) {
    return Content.of(projects, branches, List.of(), operations, number);
  }

  private static Project project(TenantId id, String name) {
    return new Project(
        id,
        name,
        17,
        Duration.ofDays(7),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        EndpointDefaults.USUAL,
        false,
        false,
        THEN,
        THEN);
  }

  private Branch branch(String name, RoleEntry... roles) {
    return new Branch(
        project.id(),
        TimelineId.random(),
        name,
        new Branch.Origin(Optional.empty(), Optional.empty(), Optional.empty()),
        false,
        Optional.empty(),
        BranchState.READY,
        Optional.empty(),
        new Contents(
            Known.EARLIER,
            List.of(roles),
            List.of(),
            List.of(),
            false,
            List.of(),
            Set.of("SCRAM-SHA-256$another's")),
        Map.of("commit", "abc"),
        THEN,
        THEN);
  }

  private Content loaded() {
    return new FileCatalog(file).load();
  }

  @Test
  void everyContentIsReadBackAsItWasStored() throws IOException {
    var catalog = new FileCatalog(file);
    catalog.store(Content.EMPTY);
    for (var content : history) {
      var before = Files.readString(file);
      catalog.store(content);

      assertThat(loaded()).isEqualTo(content);
      assertThat(Files.readString(file)).startsWith(before);
    }
  }

  @Test
  void aFileCutOffAnywhereInItsLinesHasAllThatWasWrittenBeforeTheCut() throws IOException {
    var catalog = new FileCatalog(file);
    var ends = new int[history.size()];
    for (var i = 0; i < ends.length; i++) {
      catalog.store(history.get(i));
      ends[i] = (int) Files.size(file);
    }
    var whole = Files.readAllBytes(file);
    for (var cut = ends[0]; cut <= whole.length; cut++) {
      var expected = history.get(lastEndingBy(cut, ends));
      Files.write(file, Arrays.copyOf(whole, cut));
      assertThat(loaded()).isEqualTo(expected);

      assertZeroTail(whole, cut, expected);
    }
  }

  /** What a file system may show after a power cut: the length is there, the bytes are not. */
  private void assertZeroTail(byte[] whole, int cut, Content expected) throws IOException {
    var torn = Arrays.copyOf(Arrays.copyOf(whole, cut), cut + 600);
    torn[cut + 300] = '\n';
    torn[cut + 400] = (byte) 0xC3;
    Files.write(file, torn);
    assertThat(loaded()).isEqualTo(expected);
  }

  private static int lastEndingBy(int cut, int... ends) {
    var last = 0;
    while (last + 1 < ends.length && ends[last + 1] <= cut) {
      last++;
    }
    return last;
  }

  @Test
  void whoGoesOnBehindATornLineLosesNothing() throws IOException {
    var former = new FileCatalog(file);
    former.store(history.get(0));
    former.store(history.get(1));
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 5));
    var catalog = new FileCatalog(file);
    catalog.load();

    catalog.store(history.get(2));
    catalog.store(history.get(3));

    assertThat(loaded()).isEqualTo(history.get(3));
  }

  @Test
  void damageBeforeTheLastLineIsNotTakenForACrashAndIsNotQuoted() throws IOException {
    var role =
        new RoleEntry("app", Optional.of("hunter2"), Optional.of("verifier"), false, THEN, THEN);
    var secret = branch("main", role);
    var catalog = new FileCatalog(file);
    catalog.store(history.get(0));
    var first = (int) Files.size(file);
    catalog.store(content(List.of(project), List.of(secret), List.of(), 7));
    catalog.store(history.get(1));
    var bytes = Files.readAllBytes(file);
    bytes[first + 20] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(this::loaded)
        .hasMessageContaining("is damaged")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void linesAreFoldedIntoTheContentBeforeTheyOutgrowIt() throws IOException {
    var catalog = new FileCatalog(file);
    var fat = "x".repeat(300_000);
    for (var i = 0; i < 20; i++) {
      catalog.store(content(List.of(project(project.id(), fat + i)), List.of(), List.of(), i));
    }

    assertThat(Files.size(file)).isLessThan(3_000_000);
    assertThat(loaded().projects().get(project.id()).name()).isEqualTo(fat + 19);
  }

  @Test
  void aStoreThatFailedIsNotThereAndTheNextOneIs() throws IOException {
    var catalog = new FileCatalog(file);
    catalog.store(history.get(0));
    var saved = directory.resolve("saved");
    Files.move(file, saved);
    Files.createDirectory(file);

    assertThatThrownBy(() -> catalog.store(history.get(1))).isInstanceOf(Problem.class);
    Files.delete(file);
    Files.move(saved, file);
    assertThat(loaded()).isEqualTo(history.get(0));
    catalog.store(history.get(2));

    assertThat(loaded()).isEqualTo(history.get(2));
  }

  @Test
  void aCatalogWithoutLinesOfAnEarlierVersionIsRead() throws IOException {
    Files.writeString(
        file,
        """
        {"format":1,"last_database_id":9,
        "projects":[],
        "branches":[],
        "endpoints":[],
        "operations":[]
        }
        """);

    assertThat(loaded().lastDatabaseId()).isEqualTo(9);
  }
}
