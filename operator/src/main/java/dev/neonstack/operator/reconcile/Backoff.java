package dev.neonstack.operator.reconcile;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How long to wait after a start that failed: a second, twice as long each time, a minute at most.
 */
final class Backoff {
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;

  private final Map<String, Course> courses = new ConcurrentHashMap<>();
  private final Clock clock;

  /**
   * What became of a compute's last starts.
   *
   * @param failures how many failed one after the other
   * @param reason why the last one did
   * @param next when to try again
   */
  record Course(int failures, Verdict reason, Instant next) {}

  Backoff(Clock clock) {
    this.clock = clock;
  }

  void failed(String uid, Verdict reason) {
    courses.compute(
        uid,
        (key, before) -> {
          var failures = before == null ? 1 : before.failures() + 1;
          var doubled = Duration.ofSeconds(1L << Math.min(failures - 1, MOST_DOUBLINGS));
          var pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
          return new Course(failures, reason, clock.instant().plus(pause));
        });
  }

  /** What it waits for; empty when it may start. */
  Optional<Course> waiting(String uid) {
    return Optional.ofNullable(courses.get(uid))
        .filter(course -> clock.instant().isBefore(course.next()));
  }

  int failures(String uid) {
    var course = courses.get(uid);
    return course == null ? 0 : course.failures();
  }

  Duration left(Course course) {
    return Duration.between(clock.instant(), course.next());
  }

  void forget(String uid) {
    courses.remove(uid);
  }
}
