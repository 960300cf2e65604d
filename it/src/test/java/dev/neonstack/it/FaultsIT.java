package dev.neonstack.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.it.harness.FaultProxy;
import dev.neonstack.it.harness.FaultProxy.Fault;
import dev.neonstack.it.harness.OnPlatform;
import dev.neonstack.it.harness.Platform;
import dev.neonstack.it.harness.Stack;
import dev.neonstack.it.harness.Wait;
import dev.neonstack.neon.TimelineId;
import dev.neonstack.neon.TimelineInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** After every fault and one more `up` there is exactly one timeline per declared branch. */
@ExtendWith(OnPlatform.class)
class FaultsIT {
  private static final String CREATE = "POST /v1/tenant/[0-9a-f]+/timeline";
  private static final String DELETE = "DELETE /v1/tenant/[0-9a-f]+/timeline/[0-9a-f]+";
  private static final String TENANT = "PUT /v1/tenant/[0-9a-f]+/location_config";
  private static final String READ = "GET /v1/tenant/.*";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @TempDir Path folder;

  /**
   * The control plane finds what an earlier run left by project and name, so each test has its own.
   */
  private final String project = "broken-" + NUMBER.incrementAndGet();

  private Platform platform;
  private FaultProxy storage;
  private FaultProxy controlPlane;
  private Stack stack;

  @BeforeEach
  void prepare(Platform shared) {
    platform = shared;
    var services = platform.services();
    storage = new FaultProxy(services.storageUrl());
    controlPlane = new FaultProxy(services.controlPlaneUrl());
    stack =
        Stack.through(platform, storage, folder)
            .withControlPlane(controlPlane.url())
            .projects(declare("main"));
  }

  @AfterEach
  void close() {
    storage.close();
    controlPlane.close();
  }

  private String declare(String... names) {
    var yaml = new StringBuilder("- name: " + project + "\n  branches:\n");
    for (var name : names) {
      yaml.append("    - name: ").append(name).append('\n');
      yaml.append("      endpoint: {enabled: false}\n");
      if (!name.equals("main")) {
        yaml.append("      parent: main\n");
      }
    }
    return yaml.toString();
  }

  /** What must hold after the last `up` of every test. */
  private void assertClean(String... names) {
    assertThat(storage.isSpent()).as("every fault of storage happened").isTrue();
    assertThat(controlPlane.isSpent()).as("every fault of the control plane happened").isTrue();
    var declared = new ArrayList<TimelineId>();
    for (var name : names) {
      declared.add(stack.timeline(project + "/" + name));
    }
    var list = platform.storage().timelines(stack.tenant(project));
    assertThat(list.timelines())
        .extracting(TimelineInfo::timelineId)
        .containsExactlyInAnyOrderElementsOf(declared);
    assertThat(list.offloaded()).isEmpty();
    assertThat(platform.controlPlane().branches(stack.tenant(project)))
        .allSatisfy(branch -> assertThat(branch.ready()).as(branch.name()).isTrue())
        .hasSize(names.length);
    assertThat(stack.pendingOperations()).isEmpty();
    assertThat(stack.isLocked()).isFalse();
    stack.up("--expect-no-changes").succeeded();
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
    stack.projects(declare("main", "one", "two")).up().succeeded();
    assertClean("main", "one", "two");

    storage
        .fail(DELETE, 1, Fault.status(503, "Shutting down"))
        .fail(DELETE, 1, Fault.cutAfter())
        .fail(DELETE, 1, Fault.cutBefore());
    stack.projects(declare("main", "two")).up().succeeded();
    assertClean("main", "two");
  }

  @Test
  void aSlowAnswerIsWaitedForAndTheTimelineIsMadeOnce() {
    storage.fail(CREATE, 1, Fault.before(() -> Wait.sleep(Duration.ofSeconds(3))));

    stack.up().succeeded();

    assertThat(storage.count(CREATE)).isEqualTo(1);
    assertClean("main");
  }

  @Test
  void faultsOfTheControlPlaneLeaveNothingBehindEither() {
    controlPlane
        .fail("PUT .*/branches/.*", 1, Fault.status(503, "starting"))
        .fail("PUT .*/branches/.*", 1, Fault.cutBefore())
        .fail("PUT .*/branches/.*", 1, Fault.cutAfter())
        .fail("PUT .*/projects/[0-9a-f]+", 1, Fault.cutAfter());

    stack.up();
    stack.up().succeeded();

    assertClean("main");
  }

  @Test
  void aTimelineThatStorageMadeOtherwiseThanAskedIsDeletedAgainAndReported() {
    stack.up().succeeded();
    storage.fail(
        CREATE, 1, call -> call.reply(call.forwardAs(body -> body.replace("ancestor_", "x_"))));

    var run = stack.projects(declare("main", "root-by-mistake")).up().failed();

    run.says("empty root");
    assertThat(platform.storage().timelines(stack.tenant(project)).timelines()).hasSize(1);
    stack.up().succeeded();
    assertClean("main", "root-by-mistake");
  }

  @Test
  void theProviderIsKilledBeforeAndAfterStorageHearsOfABranch() {
    for (var moment : List.<KillMoment>of(Fault::after, Fault::before)) {
      var victim = platform.newProvider();
      storage.fail(CREATE, 1, moment.killing(victim::kill));
      stack.withProvider(victim).up().failed();
      stack.withProvider(platform.provider());
    }

    stack.up().succeeded();

    assertClean("main");
  }

  @Test
  void theProviderIsKilledWhileItMakesAChild() {
    stack.up().succeeded();
    stack.projects(declare("main", "child"));
    for (var moment : List.<KillMoment>of(Fault::after, Fault::before)) {
      var victim = platform.newProvider();
      storage.fail(CREATE, 1, moment.killing(victim::kill));
      stack.withProvider(victim).up().failed();
    }

    stack.withProvider(platform.provider()).up().succeeded();

    assertClean("main", "child");
  }

  private interface KillMoment {
    Fault killing(Runnable kill);
  }

  @Test
  void theLocalProcessIsKilledWhileItMakesARootAndAChild() {
    storage.fail(CREATE, 1, call -> killDuring(call, 300));
    stack.up();
    stack.up().succeeded();

    storage.fail(CREATE, 1, call -> killDuring(call, 0));
    stack.projects(declare("main", "child")).up();

    stack.up().succeeded();
    assertClean("main", "child");
  }

  /** Passes the call on, ends the local process so much later, hangs up, and starts it again. */
  private void killDuring(FaultProxy.Call call, long milliseconds) {
    var passed = CompletableFuture.runAsync(call::forward);
    Wait.sleep(Duration.ofMillis(milliseconds));
    platform.killLocalProcess();
    passed.join();
    call.cut();
    platform.services();
  }

  @Test
  void anInterruptedRunLeavesNeitherLockNorPendingOperation() {
    // Cancelling ends a provider, so it has one of its own.
    stack.withProvider(platform.newProvider());
    storage.fail(CREATE, 1, Fault.before(() -> Wait.sleep(Duration.ofSeconds(2))));
    var up = stack.startUp();
    up.awaitUntil("a create", () -> storage.count(CREATE) > 0);

    up.interrupt();
    up.await().failed();

    assertThat(stack.isLocked()).isFalse();
    assertThat(stack.pendingOperations()).isEmpty();
    stack.withProvider(platform.provider()).up().succeeded();
    assertClean("main");
  }
}
