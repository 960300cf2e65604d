package dev.neonstack.review.loss;

import dev.neonstack.review.Change;
import dev.neonstack.review.Change.Kind;
import dev.neonstack.review.Declared;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Losses in projects: branches, databases, history, and ways in. */
final class TreeLosses {
  private static final String PREFIX = "neonstack:index:";
  private static final String PROJECT = PREFIX + "Project";
  private static final String BRANCH = PREFIX + "Branch";
  private static final Duration SOON = Duration.ofHours(1);

  private final List<Change> changes;
  private final Instant now;
  private final Set<String> lostProjects;
  private final Set<String> lostBranches;

  TreeLosses(List<Change> changes, Instant now) {
    this.changes = changes;
    this.now = now;
    this.lostProjects = removed(PROJECT, "tenantId");
    this.lostBranches = removed(BRANCH, "branchId");
  }

  private Set<String> removed(String type, String id) {
    return changes.stream()
        .filter(Change::removes)
        .flatMap(change -> change.before().stream())
        .filter(before -> before.type().equals(type) && before.input(id).isTextual())
        .map(before -> before.input(id).asText())
        .collect(Collectors.toUnmodifiableSet());
  }

  boolean knows(Change change) {
    return change.resource().type().startsWith(PREFIX);
  }

  Stream<Loss> of(Change change) {
    var name = change.resource().name();
    return words(change).map(words -> new Loss(name, words)).stream();
  }

  private Optional<String> words(Change change) {
    return switch (change.resource().type().substring(PREFIX.length())) {
      case "Project" -> project(change);
      case "Branch" -> branch(change);
      case "Database" -> database(change);
      case "Role" -> role(change);
      case "Endpoint" -> endpoint(change);
      default -> key(change);
    };
  }

  private Optional<String> project(Change change) {
    if (change.removes()) {
      return Optional.of(
          "the project goes, with all its branches and their rows" + anew(change, "empty"));
    }
    if (change.kind() != Kind.UPDATE) {
      return Optional.empty();
    }
    var before = retention(change.before());
    var after = retention(change.after());
    return before.isPresent()
            && after.isPresent()
            && Spans.of(after.get()).compareTo(Spans.of(before.get())) < 0
        ? Optional.of(
            "history older than %s goes (kept so far: %s); no branch can start there any more"
                .formatted(after.get(), before.get()))
        : Optional.empty();
  }

  private static Optional<String> retention(Optional<Declared> project) {
    return project
        .map(one -> one.input("historyRetention").asText(""))
        .filter(text -> Spans.isOne(text));
  }

  private Optional<String> branch(Change change) {
    if (change.removes()) {
      return isIn(change, "project", lostProjects)
          ? Optional.empty()
          : Optional.of(
              "the branch goes, with its rows" + anew(change, "with what its parent has"));
    }
    if (change.kind() != Kind.UPDATE
        || !(change.properties().contains("ttl") || change.properties().contains("expiresAt"))) {
      return Optional.empty();
    }
    return Expiry.of(change.resource(), now)
        .filter(moment -> !moment.isAfter(now.plus(SOON)))
        .map(
            moment ->
                "the branch is removed at %s, with its rows"
                    .formatted(moment.truncatedTo(ChronoUnit.SECONDS)));
  }

  private Optional<String> database(Change change) {
    return goesAlone(change)
        ? Optional.of("the database goes, with its rows" + anew(change, "empty"))
        : Optional.empty();
  }

  private Optional<String> role(Change change) {
    if (goesAlone(change)) {
      return Optional.of(
          "the role goes; who connects with it is locked out"
              + anew(change, "with a new password"));
    }
    return change.kind() == Kind.UPDATE && change.properties().contains("password")
        ? Optional.of("the role gets another password; who has the old one is locked out")
        : Optional.empty();
  }

  private Optional<String> endpoint(Change change) {
    return goesAlone(change)
        ? Optional.of(
            change.kind() == Kind.REPLACE
                ? "connections end, and the address may be another one"
                : "connections end, and nobody can connect any more")
        : Optional.empty();
  }

  private static Optional<String> key(Change change) {
    return change.removes()
        ? Optional.of("it stops being accepted, so that who relies on it is locked out")
        : Optional.empty();
  }

  private static String anew(Change change, String how) {
    return change.kind() == Kind.REPLACE ? ", and is made anew " + how : "";
  }

  /** What goes with its branch is not told again. */
  private boolean goesAlone(Change change) {
    return change.removes()
        && !isIn(change, "branch", lostBranches)
        && !isIn(change, "project", lostProjects);
  }

  private static boolean isIn(Change change, String property, Set<String> ids) {
    return change.before().filter(one -> ids.contains(one.input(property).asText())).isPresent();
  }
}
