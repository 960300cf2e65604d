package dev.neonstack.controlplane.catalog;

import dev.neonstack.controlplane.problem.Problem;

/** Where the content is kept. Called by one thread at a time. */
public interface Catalog extends AutoCloseable {

  /** What was stored last, of which nothing counts as changed; {@link Content#EMPTY} at first. */
  Content load();

  /**
   * Keeps what has changed of the content since the one before it. When it returns, the content
   * survives the loss of the process and of the machine; when it throws a {@link Problem}, the next
   * store is of a content that was made from the one kept before.
   */
  void store(Content content);

  /** Lets go of what it holds; what is kept stays. */
  @Override
  default void close() {}
}
