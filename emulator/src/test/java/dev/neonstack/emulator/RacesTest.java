package dev.neonstack.emulator;

import static dev.neonstack.emulator.EmulatorHarness.branchBody;
import static dev.neonstack.emulator.EmulatorHarness.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.emulator.EmulatorHarness.Reply;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several requests at once. */
class RacesTest {
  private static final int EQUAL = 20;
  private static final int ROOTS = 60;

  @TempDir Path folder;

  @Test
  void equalCreatesOfABranchAreOne() {
    try (var emulator = new EmulatorHarness(folder)) {
      var tenant = emulator.attach("{}");
      var main = emulator.root(tenant);
      for (var round = 0; round < EQUAL; round++) {
        var body = branchBody(TimelineId.random(), main);

        assertThat(atOnce(emulator, tenant, EQUAL, body)).containsOnly(201);
      }
    }
  }

  @Test
  void ofEqualCreatesOfARootOneIsMadeAndTheOthersAreToldThatItIs() {
    try (var emulator = new EmulatorHarness(folder)) {
      var tenant = emulator.attach("{}");
      var gate = emulator.data().holdBootstraps();
      var body = "{\"new_timeline_id\":\"" + TimelineId.random() + "\",\"pg_version\":15}";
      var all = later(emulator, tenant, 5, body);
      EmulatorHarness.await(
          "all but one are refused",
          () -> all.stream().filter(CompletableFuture::isDone).count() == 4);
      gate.countDown();

      assertThat(all)
          .extracting(reply -> reply.join().status())
          .containsExactlyInAnyOrder(201, 429, 429, 429, 429);
    }
  }

  @Test
  void aTimelineThatIsBeingDeletedIsNoParentAnyMore() {
    try (var emulator = new EmulatorHarness(folder)) {
      var tenant = emulator.attach("{}");
      var main = emulator.root(tenant);
      var gate = emulator.data().holdDeletes();
      assertThat(emulator.call("DELETE", path(tenant, main)).status()).isEqualTo(202);

      var reply = emulator.create(tenant, branchBody(TimelineId.random(), main));
      gate.countDown();

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.message())
          .isEqualTo(
              "Cannot branch off the timeline that's not present in pageserver: Timeline "
                  + tenant
                  + "/"
                  + main
                  + " was not found");
    }
  }

  @Test
  void childrenMadeWhileTheirParentIsDeletedEitherKeepItOrDoNotFindIt() {
    try (var emulator = new EmulatorHarness(folder)) {
      var tenant = emulator.attach("{}");
      for (var round = 0; round < EQUAL; round++) {
        var main = emulator.root(tenant);
        var creates = new ArrayList<CompletableFuture<Reply>>();
        creates.add(create(emulator, tenant, branchBody(TimelineId.random(), main)));
        var delete = emulator.callLater("DELETE", path(tenant, main));
        for (var i = 0; i < 3; i++) {
          creates.add(create(emulator, tenant, branchBody(TimelineId.random(), main)));
        }

        var expected = delete.join().status() == 412 ? 201 : 500;
        assertThat(creates).extracting(reply -> reply.join().status()).containsOnly(expected);
      }
    }
  }

  @Test
  void listsAreAnsweredWhileTimelinesAndTheirTenantGo() throws Exception {
    try (var emulator = EmulatorHarness.onPostgres(folder)) {
      var tenant = emulator.attach("{}");
      var over = new AtomicBoolean();
      var wrong = new ArrayList<String>();
      var asking =
          new Thread(
              () -> {
                while (!over.get()) {
                  for (var path :
                      List.of("/timeline", "/timeline_and_offloaded", "", "/synthetic_size")) {
                    var reply = emulator.call("GET", "/v1/tenant/" + tenant + path);
                    if (reply.status() != 200) {
                      wrong.add(path + ": " + reply.raw().body());
                    }
                  }
                }
              });
      asking.start();
      for (var i = 0; i < ROOTS; i++) {
        var root = emulator.root(tenant);
        emulator.branch(tenant, root);
        var children = emulator.call("DELETE", path(tenant, root));
        assertThat(children.status()).isEqualTo(412);
        emulator.call("DELETE", path(tenant, emulator.root(tenant)));
      }
      over.set(true);
      asking.join();

      assertThat(wrong).isEmpty();
    }
  }

  private static List<Integer> atOnce(
      EmulatorHarness emulator, TenantId tenant, int times, String body) {
    return later(emulator, tenant, times, body).stream()
        .map(reply -> reply.join().status())
        .toList();
  }

  private static List<CompletableFuture<Reply>> later(
      EmulatorHarness emulator, TenantId tenant, int times, String body) {
    return IntStream.range(0, times).mapToObj(i -> create(emulator, tenant, body)).toList();
  }

  private static CompletableFuture<Reply> create(
      EmulatorHarness emulator, TenantId tenant, String body) {
    return emulator.callLater("POST", "/v1/tenant/" + tenant + "/timeline", body);
  }
}
