package dev.neonstack.controlplane.port;

import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.List;

/** The ways of computes to storage. */
public interface Routes {
  /** Those of a place where no compute runs. */
  Routes NONE =
      new Routes() {
        @Override
        public List<RunningCompute> computes() {
          return List.of();
        }

        @Override
        public Route now(TenantId project, TimelineId branch) {
          throw Problem.refused("no compute runs here that would need a way to storage");
        }
      };

  /** All computes that have a way, or are about to get one. */
  List<RunningCompute> computes();

  /**
   * The way of the branch to storage as storage tells it now.
   *
   * @throws Problem when it does not tell
   */
  Route now(TenantId project, TimelineId branch);
}
