package dev.neonstack.emulator;

import static dev.neonstack.emulator.EmulatorHarness.branchBody;
import static dev.neonstack.emulator.EmulatorHarness.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.neon.TimelineId;
import org.junit.jupiter.api.Test;

/** Whoever lets a child be made while its parent is deleted can be seen to have done so. */
class PerilsTest extends OnOneProject {
  private static final String PAIRS = "neonstack_create_and_delete_pairs_total ";

  private long pairs() {
    var text = emulator.call("GET", "/metrics").raw().body();
    return text.lines()
        .filter(line -> line.startsWith(PAIRS))
        .mapToLong(line -> Long.parseLong(line.substring(PAIRS.length())))
        .sum();
  }

  private int delete(TimelineId timeline) {
    return emulator.call("DELETE", path(tenant, timeline)).status();
  }

  @Test
  void oneAfterTheOtherIsNoPair() {
    var parent = emulator.branch(tenant, main);
    var child = emulator.branch(tenant, parent);
    assertThat(delete(parent)).isEqualTo(412);
    assertThat(delete(child)).isEqualTo(202);
    EmulatorHarness.await("the child is gone", () -> delete(child) == 404);
    emulator.branch(tenant, parent);
    emulator.branch(tenant, main);

    assertThat(pairs()).isZero();
  }

  @Test
  void aCreationThatWaitsWhileItsParentIsDeletedIsAPair() {
    EmulatorHarness.await(
        "a pair is counted",
        () -> {
          var parent = emulator.branch(tenant, main);
          var body = branchBody(TimelineId.random(), parent, "F/0"); // waits for the parent's head
          var child = emulator.callLater("POST", "/v1/tenant/" + tenant + "/timeline", body);
          delete(parent);
          child.join();
          return pairs() > 0;
        });
  }
}
