package dev.neonstack.controlplane.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.problem.Problem;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LaneTest {

  @Test
  void whoAsksWhileOneIsAtWorkSharesTheNextRun() throws InterruptedException {
    var runs = new AtomicInteger();
    var began = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var threads = Executors.newFixedThreadPool(4);
    try {
      var lane =
          new Lane(
              threads,
              () -> {
                runs.incrementAndGet();
                began.countDown();
                try {
                  goOn.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      var first = lane.run();
      began.await();
      var later = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < 50; i++) {
        later.add(lane.run());
      }
      assertThat(later).noneMatch(CompletableFuture::isDone);
      goOn.countDown();
      first.join();
      later.forEach(CompletableFuture::join);

      assertThat(runs).hasValue(2);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFailureReachesThoseWhoWaitedForItAndNotTheNext() {
    var runs = new AtomicInteger();
    var lane =
        new Lane(
            Runnable::run,
            () -> {
              if (runs.incrementAndGet() == 1) {
                throw Problem.failed("first", null);
              }
            });

    assertThat(lane.run()).isCompletedExceptionally();
    assertThat(lane.run()).isCompleted();
  }
}
