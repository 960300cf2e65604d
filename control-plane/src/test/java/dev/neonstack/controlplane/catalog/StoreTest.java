package dev.neonstack.controlplane.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neonstack.controlplane.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class StoreTest {
  private final List<Content> stored = new ArrayList<>();
  private volatile boolean full;
  private volatile CountDownLatch disk = new CountDownLatch(0);

  private final Store store =
      new Store(
          new Catalog() {
            @Override
            public Content load() {
              return Content.EMPTY;
            }

            @Override
            public void store(Content content) {
              try {
                disk.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              if (full) {
                throw Problem.unavailable("disk full", null);
              }
              stored.add(content);
            }
          });

  private static Store.Change<Long> next(Content content) {
    return new Store.Change<>(
        content.numbered(content.lastDatabaseId() + 1), content.lastDatabaseId() + 1);
  }

  @Test
  void changesThatComeWhileOneIsWrittenAreWrittenTogether() {
    disk = new CountDownLatch(1);
    var threads = Executors.newFixedThreadPool(20);
    try {
      var updates = new ArrayList<CompletableFuture<Long>>();
      for (var i = 0; i < 20; i++) {
        updates.add(CompletableFuture.supplyAsync(() -> store.update(StoreTest::next), threads));
      }
      disk.countDown();
      updates.forEach(CompletableFuture::join);

      assertThat(updates.stream().map(CompletableFuture::join)).doesNotHaveDuplicates();
      assertThat(store.content().lastDatabaseId()).isEqualTo(20);
      assertThat(stored).hasSizeLessThan(20);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aChangeThatCannotBeWrittenIsUndone() {
    store.update(StoreTest::next);
    full = true;
    assertThatThrownBy(() -> store.update(StoreTest::next)).hasMessage("disk full");
    full = false;

    assertThat(store.content().lastDatabaseId()).isEqualTo(1);
    assertThat(store.update(StoreTest::next)).isEqualTo(2);
  }

  @Test
  void nothingIsWrittenWhenNothingChanges() {
    store.update(content -> new Store.Change<>(content, null));

    assertThat(stored).isEmpty();
  }
}
