package dev.neonstack.controlplane.compute;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Why endpoints that shall run do not, and when each is tried again: at once where a server ends
 * that ran well, with growing pauses where it keeps failing.
 */
final class Failures {
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  /** A server that ran so long has got over what ended the one before it. */
  private static final Duration STEADY = Duration.ofMinutes(1);

  /**
   * What became of an endpoint's last starts.
   *
   * @param reason why it does not run; empty while it does
   * @param failures how many there were one after the other
   * @param since when it was started
   * @param next when to try again
   */
  private record Course(Optional<String> reason, int failures, Instant since, Instant next) {}

  private final Map<String, Course> courses = new ConcurrentHashMap<>();
  private final Clock clock;

  Failures(Clock clock) {
    this.clock = clock;
  }

  /** Why the endpoint does not run; empty when nothing is wrong. */
  Optional<String> reason(String id) {
    return Optional.ofNullable(courses.get(id)).flatMap(Course::reason);
  }

  void started(String id) {
    var now = clock.instant();
    courses.compute(
        id,
        (key, before) ->
            before != null && before.reason().isEmpty()
                ? before
                : new Course(Optional.empty(), failures(before), now, now));
  }

  /** Its server is gone, though nobody asked for it. */
  void ended(String id, String reason) {
    var now = clock.instant();
    courses.compute(
        id,
        (key, before) -> {
          var steady = before == null || before.since().plus(STEADY).isBefore(now);
          var failures = steady ? 1 : failures(before) + 1;
          return failed(
              reason, failures, now, now.plus(failures == 1 ? Duration.ZERO : pause(failures - 1)));
        });
  }

  /** It could not be started; soon it may. */
  void failed(String id, String reason, boolean soon) {
    var now = clock.instant();
    courses.compute(
        id,
        (key, before) -> {
          var failures = failures(before) + 1;
          return failed(reason, failures, now, now.plus(soon ? SHORTEST_PAUSE : pause(failures)));
        });
  }

  private static Course failed(String reason, int failures, Instant now, Instant next) {
    return new Course(Optional.of(reason), failures, now, next);
  }

  private static int failures(Course before) {
    return before == null ? 0 : before.failures();
  }

  private static Duration pause(int failures) {
    var doubled = SHORTEST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  /** Whether one that failed is to be tried again now. */
  boolean isDue(String id) {
    var course = courses.get(id);
    return course != null
        && course.reason().isPresent()
        && !clock.instant().isBefore(course.next());
  }

  void forget(String id) {
    courses.remove(id);
  }
}
