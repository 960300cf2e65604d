package dev.neonstack.stacks.config.tree;

import dev.neonstack.components.neon.BranchLifetime;
import dev.neonstack.components.neon.BranchOrigin;
import dev.neonstack.components.neon.BranchSpec;
import dev.neonstack.components.neon.DatabaseSpec;
import dev.neonstack.components.neon.EndpointSpec;
import dev.neonstack.components.neon.RoleSpec;
import dev.neonstack.neon.Lsn;
import dev.neonstack.neon.Moment;
import dev.neonstack.stacks.config.reading.Durations;
import dev.neonstack.stacks.config.reading.NameRule;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.UniqueNames;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one branch; what concerns several branches is left to {@link TreeRules}. */
final class BranchReader {
  static final List<String> KEYS =
      List.of(
          "name",
          "parent",
          "parentLsn",
          "parentTimestamp",
          "protected",
          "expiresAt",
          "ttl",
          "archived",
          "endpoint",
          "roles",
          "databases",
          FormerNames.KEY);

  private static final String MOMENT =
      "a moment as RFC 3339 writes it, such as 2026-05-01T12:00:00Z";
  private static final String MOMENT_HELP = "Write it with its offset or Z.";

  /**
   * A moment may seem not to have come because a clock was set back, and then it is for the
   * provider to judge, which knows what is made already. This far off it never was one that had
   * passed.
   */
  private static final Duration NO_CLOCK_ERROR = Duration.ofDays(366);

  private static final String LSN_HELP =
      "Write two hexadecimal numbers around a slash; SELECT pg_current_wal_lsn() shows one.";

  private final Clock clock;

  BranchReader(Clock clock) {
    this.clock = clock;
  }

  DeclaredBranch read(Section section) {
    var archived = section.flag("archived", false);
    return new DeclaredBranch(
        section.path(),
        new BranchSpec(
            section.name("name", NameRule.BRANCH),
            origin(section),
            lifetime(section),
            archived,
            endpoint(section, archived),
            roles(section),
            databases(section),
            FormerNames.read(section)));
  }

  private Optional<BranchOrigin> origin(Section section) {
    var lsn = section.parsed("parentLsn", BranchReader::lsn, "an LSN such as 0/14D8AB0", LSN_HELP);
    var timestamp = section.parsed("parentTimestamp", Moment::parse, MOMENT, MOMENT_HELP);
    timestamp
        .filter(moment -> moment.isAfter(clock.instant().plus(NO_CLOCK_ERROR)))
        .ifPresent(
            moment ->
                section
                    .problems()
                    .wrong(
                        section.path("parentTimestamp"),
                        moment,
                        "a moment that has passed",
                        "Leave it out to start at the head of the parent."));
    if (section.has("parentLsn") && section.has("parentTimestamp")) {
      section
          .problems()
          .add(
              "%s and %s are both given; expected one of them at most. Remove one."
                  .formatted(section.path("parentLsn"), "parentTimestamp"));
    }
    if (!section.has("parent")) {
      List.of("parentLsn", "parentTimestamp").forEach(key -> refuseWithoutParent(section, key));
      return Optional.empty();
    }
    return section.text("parent").map(parent -> new BranchOrigin(parent, lsn, timestamp));
  }

  private static void refuseWithoutParent(Section section, String key) {
    if (section.has(key)) {
      section
          .problems()
          .missing(
              section.path("parent"),
              "the name of a branch, because %s is given".formatted(key),
              "Name the parent or remove %s.".formatted(key));
    }
  }

  private BranchLifetime lifetime(Section section) {
    if (section.has("expiresAt") && section.has("ttl")) {
      section
          .problems()
          .add(
              "%s and ttl are both given; expected one of them at most. Remove one."
                  .formatted(section.path("expiresAt")));
    }
    return new BranchLifetime(
        section.flag("protected", false),
        section.parsed("expiresAt", Moment::parse, MOMENT, MOMENT_HELP),
        section.parsed("ttl", BranchReader::positive, Durations.EXPECTED, "Write it so."));
  }

  private static Optional<EndpointSpec> endpoint(Section section, boolean archived) {
    var declared = section.section("endpoint", EndpointReader.KEYS);
    var enabled = declared.flatMap(EndpointReader::read);
    if (!archived) {
      return declared.isPresent() ? enabled : Optional.of(EndpointSpec.DEFAULT);
    }
    if (enabled.isPresent()) {
      section
          .problems()
          .add(
              "%s is enabled on an archived branch; expected none. Remove it or take archived back."
                  .formatted(section.path("endpoint")));
    }
    return Optional.empty();
  }

  private static List<RoleSpec> roles(Section branch) {
    var names = new UniqueNames("role", "this branch", branch.problems());
    var former = new FormerNames("role", "this branch", branch.problems());
    var roles = new ArrayList<RoleSpec>();
    for (var section : branch.sections("roles", List.of("name", "password", FormerNames.KEY))) {
      var name = section.name("name", NameRule.ROLE);
      names.add(name, section.path("name"));
      var password =
          section.parsed(
              "password",
              text -> text.isEmpty() ? Optional.empty() : Optional.of(text),
              "text that is not empty",
              "Set it with pulumi config set --secret --path, or leave it out to have one made.");
      var formerNames = FormerNames.read(section);
      former.add(name, section.path(), formerNames);
      roles.add(new RoleSpec(name, password, formerNames));
    }
    former.check();
    return roles;
  }

  private static List<DatabaseSpec> databases(Section branch) {
    var names = new UniqueNames("database", "this branch", branch.problems());
    var former = new FormerNames("database", "this branch", branch.problems());
    var databases = new ArrayList<DatabaseSpec>();
    for (var section : branch.sections("databases", List.of("name", "owner", FormerNames.KEY))) {
      var name = section.name("name", NameRule.DATABASE);
      names.add(name, section.path("name"));
      if (!section.has("owner")) {
        section
            .problems()
            .missing(section.path("owner"), "the name of a role of this branch", "Add it.");
      }
      var formerNames = FormerNames.read(section);
      former.add(name, section.path(), formerNames);
      databases.add(new DatabaseSpec(name, section.text("owner").orElse(""), formerNames));
    }
    former.check();
    return databases;
  }

  private static Optional<Lsn> lsn(String text) {
    try {
      return Optional.of(Lsn.parse(text)).filter(lsn -> !lsn.equals(Lsn.ZERO));
    } catch (IllegalArgumentException notAnLsn) {
      return Optional.empty();
    }
  }

  private static Optional<Duration> positive(String text) {
    return Durations.parse(text).filter(duration -> !duration.isZero());
  }
}
