package dev.neonstack.controlplane.port;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;

/** A compute that has a way to storage, or is about to get one. */
public interface RunningCompute {
  /** Names it for people. */
  String id();

  TenantId project();

  TimelineId branch();

  /**
   * Whether it can be told another way now: only one that runs can, and not while it is being told
   * one.
   */
  boolean listens();

  /** The way that it has. */
  Route route();

  /**
   * Tells it another way, and returns when it has taken it.
   *
   * @throws Problem when it does not
   */
  void take(Route route);
}
