package dev.neonstack.it;

import static dev.neonstack.it.FaultyStack.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.FaultProxy;
import dev.neonstack.it.harness.FaultProxy.Fault;
import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.harness.Wait;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * After every faulty answer and one more `up` there is exactly one timeline per declared branch.
 */
@ExtendWith(OnPlatform.class)
class FaultsIT {
  private static final String DELETE = "DELETE /v1/tenant/[0-9a-f]+/timeline/[0-9a-f]+";
  private static final String TENANT = "PUT /v1/tenant/[0-9a-f]+/location_config";
  private static final String READ = "GET /v1/tenant/.*";

  @TempDir Path folder;
  private Platform platform;
  private FaultyStack broken;
  private FaultProxy storage;
  private Stack stack;

  @BeforeEach
  void prepare(Platform shared) {
    platform = shared;
    broken = new FaultyStack(platform, folder);
    storage = broken.storage;
    stack = broken.stack;
  }

  @AfterEach
  void close() {
    broken.close();
  }

  /** Faults that one `up` gets over by itself. */
  @Test
  void busyCutAndGarbledAnswersOfStorageAreGotOverInOneRun() {
    storage
        .fail(TENANT, 1, Fault.status(503, "Tenant shutting down"))
        .fail(TENANT, 1, Fault.cutAfter())
        .fail(CREATE, 1, Fault.status(503, "Tenant not yet active"))
        .fail(CREATE, 1, Fault.cutBefore())
        .fail(CREATE, 1, Fault.cutAfter());
    stack.up().succeeded();

    storage
        .fail(READ, 1, Fault.cutBefore())
        .fail(READ, 1, Fault.status(503, "Tenant not yet active"))
        .fail(CREATE, 2, Fault.status(429, "creation of timeline is in progress"))
        .fail(CREATE, 1, Fault.garbageAfter(201))
        .fail(CREATE, 1, Fault.cutAfter());
    stack.projects(broken.declare("main", "one", "two")).up().succeeded();
    broken.assertClean("main", "one", "two");

    storage
        .fail(DELETE, 1, Fault.status(503, "Shutting down"))
        .fail(DELETE, 1, Fault.cutAfter())
        .fail(DELETE, 1, Fault.cutBefore());
    stack.projects(broken.declare("main", "two")).up().succeeded();
    broken.assertClean("main", "two");
  }

  @Test
  void aSlowAnswerIsWaitedForAndTheTimelineIsMadeOnce() {
    storage.fail(CREATE, 1, Fault.before(() -> Wait.sleep(Duration.ofSeconds(3))));

    stack.up().succeeded();

    assertThat(storage.count(CREATE)).isEqualTo(1);
    broken.assertClean("main");
  }

  @Test
  void faultsOfTheControlPlaneLeaveNothingBehindEither() {
    broken
        .controlPlane
        .fail("PUT .*/branches/.*", 1, Fault.status(503, "starting"))
        .fail("PUT .*/branches/.*", 1, Fault.cutBefore())
        .fail("PUT .*/branches/.*", 1, Fault.cutAfter())
        .fail("PUT .*/projects/[0-9a-f]+", 1, Fault.cutAfter());

    stack.up();
    stack.up().succeeded();

    broken.assertClean("main");
  }

  @Test
  void aTimelineThatStorageMadeOtherwiseThanAskedIsDeletedAgainAndReported() {
    stack.up().succeeded();
    storage.fail(
        CREATE, 1, call -> call.reply(call.forwardAs(body -> body.replace("ancestor_", "x_"))));

    var run = stack.projects(broken.declare("main", "root-by-mistake")).up().failed();

    run.says("empty root");
    assertThat(platform.storage().timelines(stack.tenant(broken.project)).timelines()).hasSize(1);
    stack.up().succeeded();
    broken.assertClean("main", "root-by-mistake");
  }
}
