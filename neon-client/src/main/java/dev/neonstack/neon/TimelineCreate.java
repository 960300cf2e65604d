package dev.neonstack.neon;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to make a branch in Neon's storage. The server reads an unreadable branch request as a
 * request for an empty root and answers 201, so a request knows how to tell whether an answer is
 * its own.
 */
public sealed interface TimelineCreate {

  /** The id of the branch to make; drawn by the caller, so that the call can be repeated. */
  TimelineId id();

  /** The body of the call. */
  Map<String, Object> body();

  /** What the answer says that was not asked for; empty when the answer fits. */
  Optional<String> differenceTo(TimelineInfo answer);

  /**
   * A root: an empty database made by initdb.
   *
   * @param pgVersion major version of PostgreSQL, 14 to 17; always sent, as the server's default is
   *     17 and a repeat with another version is a conflict
   */
  record Bootstrap(TimelineId id, int pgVersion) implements TimelineCreate {
    private static final int OLDEST = 14;
    private static final int NEWEST = 17;

    /** Refuses versions that Neon does not have. */
    public Bootstrap {
      if (pgVersion < OLDEST || pgVersion > NEWEST) {
        throw new IllegalArgumentException(
            "pgVersion is " + pgVersion + "; expected " + OLDEST + " to " + NEWEST);
      }
    }

    @Override
    public Map<String, Object> body() {
      var body = new LinkedHashMap<String, Object>();
      body.put("new_timeline_id", id.value());
      body.put("pg_version", pgVersion);
      return body;
    }

    @Override
    public Optional<String> differenceTo(TimelineInfo answer) {
      if (answer.ancestorTimelineId().isPresent()) {
        return Optional.of(
            "asked for a root, got a child of branch " + answer.ancestorTimelineId().get());
      }
      return answer.pgVersion() == pgVersion
          ? Optional.empty()
          : Optional.of("asked for PostgreSQL " + pgVersion + ", got " + answer.pgVersion());
    }
  }

  /**
   * A child that starts with its parent's data at an LSN.
   *
   * @param startLsn where it starts; always sent, as a repeat without it is a conflict once the
   *     parent has moved on; rounded up to 8 as the server does
   */
  record Branch(TimelineId id, TimelineId ancestor, Lsn startLsn) implements TimelineCreate {

    /** Rounds the LSN, so that it can be compared with the answer. */
    public Branch {
      startLsn = startLsn.aligned();
    }

    @Override
    public Map<String, Object> body() {
      var body = new LinkedHashMap<String, Object>();
      body.put("new_timeline_id", id.value());
      body.put("ancestor_timeline_id", ancestor.value());
      body.put("ancestor_start_lsn", startLsn.toString());
      return body;
    }

    @Override
    public Optional<String> differenceTo(TimelineInfo answer) {
      var asked = "child of branch " + ancestor + " at " + startLsn;
      if (answer.ancestorTimelineId().isEmpty()) {
        return Optional.of("asked for a " + asked + ", got an empty root");
      }
      var fits =
          answer.ancestorTimelineId().get().equals(ancestor)
              && answer.ancestorLsn().equals(Optional.of(startLsn));
      return fits
          ? Optional.empty()
          : Optional.of(
              "asked for a "
                  + asked
                  + ", got a child of branch "
                  + answer.ancestorTimelineId().get()
                  + " at "
                  + answer.ancestorLsn().map(Lsn::toString).orElse("no LSN"));
    }
  }
}
