package dev.neonstack.operator.storage;

import dev.neonstack.neon.Placement;
import dev.neonstack.neon.SafekeeperSet;
import dev.neonstack.neon.TimelineInfo;
import java.util.Optional;

/**
 * What storage has of a compute, or why it cannot run.
 *
 * @param found empty when something stands in the way
 * @param obstacle empty when nothing does
 */
public record Finding(Optional<Found> found, Optional<Obstacle> obstacle) {

  /**
   * A timeline that can be written.
   *
   * @param timeline what it is
   * @param pageservers who serves its pages
   * @param safekeepers who take its WAL
   */
  public record Found(TimelineInfo timeline, Placement pageservers, SafekeeperSet safekeepers) {}

  static Finding of(Found found) {
    return new Finding(Optional.of(found), Optional.empty());
  }

  static Finding against(Obstacle obstacle) {
    return new Finding(Optional.empty(), Optional.of(obstacle));
  }
}
