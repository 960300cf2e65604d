package dev.neonstack.stacks.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.components.neon.ProjectSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Everything a stack declares.
 *
 * @param target where it lives
 * @param projects the projects with their branches
 * @param corp what only the target corp has
 */
public record StackConfig(Target target, List<ProjectSpec> projects, Optional<CorpConfig> corp) {
  private static final String TARGET = "target";
  private static final String PROJECTS = "projects";
  private static final List<String> KEYS = List.of(TARGET, PROJECTS);

  public StackConfig {
    requireNonNull(target, "target is null");
    projects = List.copyOf(projects);
    requireNonNull(corp, "corp is null");
  }

  /**
   * Reads the settings and checks every rule.
   *
   * @throws InvalidConfigException naming everything that is wrong
   */
  public static StackConfig read(Settings settings, Clock clock) {
    var problems = new Problems();
    var target = target(settings, problems);
    var known = keys(target);
    new TreeSet<>(settings.keys())
        .stream()
            .filter(key -> !known.contains(key))
            .forEach(key -> problems.add(Section.unknown(key, key, known)));
    var projects = new ProjectReader(problems, clock).read(projects(settings, target, problems));
    var corp =
        target
            .filter(Target.CORP::equals)
            .map(
                word -> {
                  new CorpRules(problems).check(projects);
                  return new CorpReader(settings, problems).read();
                });
    problems.throwIfAny();
    return new StackConfig(target.orElseThrow(), projects, corp);
  }

  private static List<String> keys(Optional<Target> target) {
    if (target.filter(Target.CORP::equals).isEmpty()) {
      return KEYS;
    }
    var keys = new ArrayList<>(KEYS);
    keys.addAll(CorpReader.KEYS);
    return keys;
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

  private static JsonNode projects(Settings settings, Optional<Target> target, Problems problems) {
    var none = JsonNodeFactory.instance.arrayNode();
    var text = settings.get(PROJECTS);
    if (text.isEmpty() && target.filter(Target.CORP::equals).isPresent()) {
      return none;
    }
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
