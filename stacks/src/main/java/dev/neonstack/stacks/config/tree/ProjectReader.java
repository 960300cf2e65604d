package dev.neonstack.stacks.config.tree;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.stacks.config.reading.Durations;
import dev.neonstack.stacks.config.reading.NameRule;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.UniqueNames;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the list of projects. */
public final class ProjectReader {
  private static final int OLDEST_PG = 14;
  private static final int NEWEST_PG = 17;
  private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  private static final List<String> KEYS =
      List.of("name", "pgVersion", "historyRetention", "region", "branches", FormerNames.KEY);

  private final Problems problems;
  private final Clock clock;

  public ProjectReader(Problems problems, Clock clock) {
    this.problems = problems;
    this.clock = clock;
  }

  public List<ProjectSpec> read(JsonNode list) {
    var projects = new ArrayList<ProjectSpec>();
    var names = new UniqueNames("project", "this stack", problems);
    var former = new FormerNames("project", "this stack", problems);
    for (var section : Section.list(list, "projects", problems, KEYS)) {
      var name = section.name("name", NameRule.PROJECT);
      names.add(name, section.path("name"));
      var project = project(name, section);
      former.add(name, section.path(), project.formerNames());
      projects.add(project);
    }
    former.check();
    return projects;
  }

  private ProjectSpec project(String name, Section section) {
    if (!section.has("branches")) {
      problems.missing(
          section.path("branches"), "a list of branches", "Add one, for example with name: main.");
    }
    var reader = new BranchReader(clock);
    var branches =
        section.sections("branches", BranchReader.KEYS).stream().map(reader::read).toList();
    new TreeRules(name, branches, problems).check();
    return new ProjectSpec(
        name,
        pgVersion(section),
        section
            .parsed("historyRetention", Durations::parse, Durations.EXPECTED, "Write it so.")
            .orElse(DEFAULT_RETENTION),
        section.text("region"),
        branches.stream().map(DeclaredBranch::spec).toList(),
        FormerNames.read(section));
  }

  private int pgVersion(Section section) {
    var expected = "a whole number from %d to %d".formatted(OLDEST_PG, NEWEST_PG);
    Optional<Integer> version = section.integer("pgVersion", expected);
    if (version.filter(found -> found < OLDEST_PG || found > NEWEST_PG).isPresent()) {
      problems.wrong(
          section.path("pgVersion"),
          version.get(),
          expected,
          "Choose one of these major versions of PostgreSQL.");
    }
    return version.orElse(NEWEST_PG);
  }
}
