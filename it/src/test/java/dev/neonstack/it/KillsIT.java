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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is ended, and whenever: after one more `up` there is one timeline per declared branch.
 */
@ExtendWith(OnPlatform.class)
class KillsIT {
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

  @Test
  void theProviderIsKilledBeforeAndAfterStorageHearsOfABranch() {
    for (var moment : List.<KillMoment>of(Fault::after, Fault::before)) {
      var victim = platform.newProvider();
      storage.fail(CREATE, 1, moment.killing(victim::kill));
      stack.withProvider(victim).up().failed();
      stack.withProvider(platform.provider());
    }

    stack.up().succeeded();

    broken.assertClean("main");
  }

  @Test
  void theProviderIsKilledWhileItMakesAChild() {
    stack.up().succeeded();
    stack.projects(broken.declare("main", "child"));
    for (var moment : List.<KillMoment>of(Fault::after, Fault::before)) {
      var victim = platform.newProvider();
      storage.fail(CREATE, 1, moment.killing(victim::kill));
      stack.withProvider(victim).up().failed();
    }

    stack.withProvider(platform.provider()).up().succeeded();

    broken.assertClean("main", "child");
  }

  private interface KillMoment {
    Fault killing(Runnable kill);
  }

  @Test
  void theLocalProcessIsKilledWhileItMakesARootAndAChild() {
    var restarts = new Semaphore(0);
    storage.fail(CREATE, 1, call -> killDuring(call, 300, restarts));
    stack.up();
    Wait.until("the restart", restarts::tryAcquire);
    stack.up().succeeded();

    storage.fail(CREATE, 1, call -> killDuring(call, 0, restarts));
    stack.projects(broken.declare("main", "child")).up();
    Wait.until("the restart", restarts::tryAcquire);

    stack.up().succeeded();
    broken.assertClean("main", "child");
  }

  /** Passes the call on, ends the local process so much later, hangs up, and starts it again. */
  private void killDuring(FaultProxy.Call call, long milliseconds, Semaphore restarts) {
    var passed = CompletableFuture.runAsync(call::forward);
    Wait.sleep(Duration.ofMillis(milliseconds));
    platform.killLocalProcess();
    passed.join();
    call.cut();
    platform.services();
    restarts.release();
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
    broken.assertClean("main");
  }
}
