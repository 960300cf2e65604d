package dev.neonstack.controlplane.catalog;

import dev.neonstack.controlplane.problem.Problem;

/** Where the content is kept. Called by one thread at a time. */
public interface Catalog {

  /** What was stored last; {@link Content#EMPTY} at first. */
  Content load();

  /**
   * Replaces what is kept. When it returns, the content survives the loss of the process and of the
   * machine; when it throws a {@link Problem}, the former content is still kept.
   */
  void store(Content content);
}
