package dev.neonstack.controlplane.catalog;

import dev.neonstack.controlplane.problem.Problem;
import java.util.function.Function;

/**
 * The content in memory, kept in step with the catalog. A change is acknowledged when it is
 * durable; changes that come while another is being written are written together. When writing
 * fails, every change not yet durable is undone, so that memory never runs ahead of the disk.
 */
public final class Store {
  private final Catalog catalog;
  private final Object lock = new Object();
  private Content current;
  private Batch open = new Batch();
  private boolean writing;
  private volatile Content durable;

  /** Loads what the catalog holds. */
  public Store(Catalog catalog) {
    this.catalog = catalog;
    this.durable = catalog.load();
    this.current = durable;
  }

  /** What is durable. */
  public Content content() {
    return durable;
  }

  /**
   * Applies the change to the newest content and returns its result once it is durable. The
   * function is quick and touches nothing else; a {@link Problem} it throws changes nothing.
   */
  @SuppressWarnings("ReferenceEquality") // a content never changes: another one is a change
  public <T> T update(Function<Content, Change<T>> function) {
    Change<T> change;
    Batch batch;
    synchronized (lock) {
      change = function.apply(current);
      if (change.content() == current && current == durable) {
        return change.result();
      }
      current = change.content();
      batch = open;
    }
    await(batch);
    return change.result();
  }

  private void await(Batch batch) {
    Content content;
    Content settled;
    synchronized (lock) {
      waitForWriter(batch);
      if (batch.ended) {
        batch.throwFailure();
        return;
      }
      writing = true;
      content = current;
      settled = current.settled();
      current = settled;
      open = new Batch();
    }
    write(batch, content, settled);
  }

  private void write(Batch batch, Content content, Content settled) {
    RuntimeException failure = null;
    try {
      catalog.store(content);
    } catch (RuntimeException e) {
      failure = e;
    }
    synchronized (lock) {
      if (failure == null) {
        durable = settled;
      } else {
        current = durable;
        open.end(failure);
        open = new Batch();
      }
      batch.end(failure);
      writing = false;
      lock.notifyAll();
    }
    batch.throwFailure();
  }

  private void waitForWriter(Batch batch) {
    var interrupted = false;
    while (!batch.ended && writing) {
      try {
        lock.wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * A new content and what the caller gets.
   *
   * @param content what shall be durable
   * @param result what the update returns
   */
  public record Change<T>(Content content, T result) {}

  /** Changes that become durable together. */
  private static final class Batch {
    private boolean ended;
    private RuntimeException failure;

    void end(RuntimeException cause) {
      ended = true;
      failure = cause;
    }

    void throwFailure() {
      if (failure instanceof Problem problem) {
        throw problem.saying(problem.getMessage());
      }
      if (failure != null) {
        throw new IllegalStateException("the catalog failed", failure);
      }
    }
  }
}
