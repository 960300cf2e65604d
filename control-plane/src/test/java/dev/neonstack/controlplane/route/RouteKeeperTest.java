package dev.neonstack.controlplane.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neonstack.controlplane.port.Route;
import dev.neonstack.controlplane.port.Routes;
import dev.neonstack.controlplane.port.RunningCompute;
import dev.neonstack.controlplane.problem.Problem;
import dev.neonstack.neon.TenantId;
import dev.neonstack.neon.TimelineId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rule 6: the storage controller is answered when every running compute has it, and not before. */
final class RouteKeeperTest {
  private static final Route OLD = new Route("pageserver-0:6400", 1, Set.of(1L, 2L, 3L));
  private static final Route MOVED = new Route("pageserver-1:6400", 1, Set.of(1L, 2L, 3L));
  private static final Route REFILLED = new Route("pageserver-0:6400", 2, Set.of(1L, 2L, 4L));

  private final TenantId project = TenantId.random();
  private final TimelineId branch = TimelineId.random();
  private final List<Compute> computes = new ArrayList<>();
  private final Map<TimelineId, Route> storage = new HashMap<>(Map.of(branch, OLD));
  private Optional<Problem> away = Optional.empty();
  private final RouteKeeper keeper =
      new RouteKeeper(
          new Routes() {
            @Override
            public List<RunningCompute> computes() {
              return List.copyOf(computes);
            }

            @Override
            public Route now(TenantId tenant, TimelineId timeline) {
              away.ifPresent(
                  problem -> {
                    throw problem;
                  });
              return storage.get(timeline);
            }
          });

  /** A compute that takes what it is told. */
  private static final class Compute implements RunningCompute {
    private final TenantId project;
    private final TimelineId branch;
    private boolean listens = true;
    private Route route = OLD;
    private int told;
    private Optional<Problem> failure = Optional.empty();

    Compute(TenantId project, TimelineId branch) {
      this.project = project;
      this.branch = branch;
    }

    @Override
    public String id() {
      return "ep-" + branch;
    }

    @Override
    public TenantId project() {
      return project;
    }

    @Override
    public TimelineId branch() {
      return branch;
    }

    @Override
    public boolean listens() {
      return listens;
    }

    @Override
    public Route route() {
      return route;
    }

    @Override
    public void take(Route wanted) {
      told++;
      failure.ifPresent(
          problem -> {
            throw problem;
          });
      route = wanted;
    }
  }

  private Compute compute() {
    var one = new Compute(project, branch);
    computes.add(one);
    return one;
  }

  @Test
  void whereNoComputeOfTheProjectRunsThereIsNothingToWaitFor() {
    computes.add(new Compute(TenantId.random(), branch));

    assertThat(keeper.attached(project)).isEqualTo(Verdict.DONE);
    assertThat(keeper.safekeepers(project, branch, 2, Set.of(1L))).isEqualTo(Verdict.DONE);
    assertThat(computes.get(0).told).isZero();
  }

  @Test
  void anAttachmentIsDoneWhenEveryComputeReadsFromTheNewPageserver() {
    var first = compute();
    var second = compute();
    storage.put(branch, MOVED);

    assertThat(keeper.attached(project)).isEqualTo(Verdict.DONE);
    assertThat(List.of(first.route, second.route)).containsOnly(MOVED);
    assertThat(keeper.attached(project)).isEqualTo(Verdict.DONE);
    assertThat(first.told).as("it is told once").isOne();
  }

  @Test
  void oneThatStartsOrIsBeingToldIsWaitedForAndNobodyIsTold() {
    var first = compute();
    compute().listens = false;
    storage.put(branch, MOVED);

    assertThat(keeper.attached(project)).isEqualTo(Verdict.LATER);
    assertThat(keeper.safekeepers(project, branch, 2, Set.of(1L, 2L, 4L))).isEqualTo(Verdict.LATER);
    assertThat(first.told).isZero();
    computes.get(1).route = REFILLED;
    assertThat(keeper.safekeepers(project, branch, 2, REFILLED.safekeepers()))
        .as("nobody knows yet what it starts with")
        .isEqualTo(Verdict.LATER);
  }

  @Test
  void oneThatFailsIsToldAgainAndTheOthersHaveIt() {
    var first = compute();
    first.failure = Optional.of(Problem.failed("Postgres does not reload", null));
    var second = compute();
    storage.put(branch, MOVED);
    assertThat(keeper.attached(project)).isEqualTo(Verdict.LATER);
    assertThat(second.route).isEqualTo(MOVED);

    first.failure = Optional.empty();
    assertThat(keeper.attached(project)).isEqualTo(Verdict.DONE);
    assertThat(first.route).isEqualTo(MOVED);
  }

  @Test
  void whatStorageDoesNotTellCannotBeToldOn() {
    compute();
    away = Optional.of(Problem.unavailable("storage is away", null));

    assertThat(keeper.attached(project)).isEqualTo(Verdict.LATER);
  }

  @Test
  void safekeepersOfAGreaterGenerationAreTakenAndOfALowerOneLeft() {
    var one = compute();
    storage.put(branch, REFILLED);

    assertThat(keeper.safekeepers(project, branch, 2, REFILLED.safekeepers()))
        .isEqualTo(Verdict.DONE);
    assertThat(one.route).isEqualTo(REFILLED);
    assertThat(keeper.safekeepers(project, branch, 1, OLD.safekeepers())).isEqualTo(Verdict.DONE);
    assertThat(one.route).isEqualTo(REFILLED);
  }

  @Test
  void theSameGenerationWithOtherMembersIsAContradiction() {
    var one = compute();

    assertThat(keeper.safekeepers(project, branch, 1, Set.of(1L, 2L, 4L)))
        .isEqualTo(Verdict.CONTRADICTION);
    assertThat(keeper.safekeepers(project, branch, 1, OLD.safekeepers())).isEqualTo(Verdict.DONE);
    assertThat(one.told).isZero();
  }

  @Test
  void aStorageThatIsBehindDoesNotTakeAGenerationBack() {
    var one = compute();
    one.route = REFILLED;

    assertThat(keeper.attached(project)).isEqualTo(Verdict.LATER);
    assertThat(one.route).isEqualTo(REFILLED);
    assertThat(keeper.safekeepers(project, branch, 3, Set.of(4L))).isEqualTo(Verdict.LATER);
    assertThat(one.told).isZero();
  }

  @Test
  void whatWasMissedIsMadeUpForByComparing() {
    var one = compute();
    var starting = compute();
    starting.listens = false;
    storage.put(branch, MOVED);

    keeper.compare();

    assertThat(one.route).isEqualTo(MOVED);
    assertThat(starting.told).isZero();
  }
}
