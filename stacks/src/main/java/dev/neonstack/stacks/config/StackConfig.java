package dev.neonstack.stacks.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.components.neon.ProjectSpec;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Everything a stack declares.
 *
 * @param target where it lives
 * @param projects the projects with their branches
 */
public record StackConfig(Target target, List<ProjectSpec> projects) {
  private static final String TARGET = "target";
  private static final String PROJECTS = "projects";
  private static final List<String> KEYS = List.of(TARGET, PROJECTS);

  public StackConfig {
    requireNonNull(target, "target is null");
    projects = List.copyOf(projects);
  }

  /**
   * Reads the settings and checks every rule.
   *
   * @throws InvalidConfigException naming everything that is wrong
   */
  public static StackConfig read(Settings settings, Clock clock) {
    var problems = new Problems();
    new TreeSet<>(settings.keys())
        .stream()
            .filter(key -> !KEYS.contains(key))
            .forEach(key -> problems.add(Section.unknown(key, key, KEYS)));
    var target = target(settings, problems);
    var projects = new ProjectReader(problems, clock).read(projects(settings, problems));
    problems.throwIfAny();
    return new StackConfig(target.orElseThrow(), projects);
  }

  private static Optional<Target> target(Settings settings, Problems problems) {
    var word = settings.get(TARGET);
    if (word.isEmpty()) {
      problems.missing(
          TARGET,
          "one of " + String.join(", ", Target.words()),
          "Run: pulumi config set neonstack:target local.");
      return Optional.empty();
    }
    var target = Target.of(word.get());
    if (target.isEmpty()) {
      problems.wrong(
          TARGET,
          word.get(),
          "one of " + String.join(", ", Target.words()),
          Nearest.hint(
              word.get(), Target.words(), "Run: pulumi config set neonstack:target local."));
    }
    return target;
  }

  private static JsonNode projects(Settings settings, Problems problems) {
    var none = JsonNodeFactory.instance.arrayNode();
    var text = settings.get(PROJECTS);
    if (text.isEmpty()) {
      problems.missing(
          PROJECTS, "a list of projects", "Add one; Pulumi.local.yaml shows how it is written.");
      return none;
    }
    try {
      var projects = JsonMapper.builder().build().readTree(text.get());
      if (!settings.isSecret(PROJECTS)) {
        new ClearPasswords(problems).refuse(PROJECTS, projects);
      }
      return projects;
    } catch (JsonProcessingException notJson) {
      problems.wrong(PROJECTS, "text", "a list", "Start each entry with a dash.");
      return none;
    }
  }
}
