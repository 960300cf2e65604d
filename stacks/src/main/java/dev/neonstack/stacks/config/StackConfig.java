package dev.neonstack.stacks.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.neonstack.components.neon.ProjectSpec;
import dev.neonstack.review.cost.Usage;
import dev.neonstack.review.policy.Profile;
import dev.neonstack.stacks.config.aws.AwsConfig;
import dev.neonstack.stacks.config.aws.AwsReader;
import dev.neonstack.stacks.config.corp.CorpConfig;
import dev.neonstack.stacks.config.corp.CorpReader;
import dev.neonstack.stacks.config.reading.Nearest;
import dev.neonstack.stacks.config.reading.Problems;
import dev.neonstack.stacks.config.reading.Section;
import dev.neonstack.stacks.config.reading.Settings;
import dev.neonstack.stacks.config.tree.ClearPasswords;
import dev.neonstack.stacks.config.tree.ProjectReader;
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
 * @param aws what only the target aws has
 * @param reviewed how a stack in a cluster is judged; absent: it is not
 */
public record StackConfig(
    Target target,
    List<ProjectSpec> projects,
    Optional<CorpConfig> corp,
    Optional<AwsConfig> aws,
    Optional<Reviewed> reviewed) {
  private static final String TARGET = "target";
  private static final String PROJECTS = "projects";
  private static final List<String> KEYS = List.of(TARGET, PROJECTS);

  public StackConfig {
    requireNonNull(target, "target is null");
    projects = List.copyOf(projects);
    requireNonNull(corp, "corp is null");
    requireNonNull(aws, "aws is null");
    requireNonNull(reviewed, "reviewed is null");
  }

  /**
   * How a stack is judged.
   *
   * @param profile which rules there are for it
   * @param usage what its costs are reckoned with
   */
  public record Reviewed(Profile profile, Usage usage) {}

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
    target.filter(Target.LOCAL::equals).ifPresent(word -> new LocalRules(problems).check(projects));
    target
        .filter(Target::isCluster)
        .ifPresent(word -> new ClusterRules(problems, word).check(projects));
    var corp =
        target.filter(Target.CORP::equals).map(word -> new CorpReader(settings, problems).read());
    var aws =
        target
            .filter(Target.AWS::equals)
            .map(word -> new AwsReader(settings, problems, projects).read());
    var reviewed =
        corp.map(CorpConfig::neon)
            .or(() -> aws.map(AwsConfig::neon))
            .map(neon -> new ReviewReader(settings, problems, clock).read(neon));
    problems.throwIfAny();
    return new StackConfig(target.orElseThrow(), projects, corp, aws, reviewed);
  }

  private static List<String> keys(Optional<Target> target) {
    var keys = new ArrayList<>(KEYS);
    target.filter(Target.CORP::equals).ifPresent(corp -> keys.addAll(CorpReader.KEYS));
    target.filter(Target.AWS::equals).ifPresent(aws -> keys.addAll(AwsReader.KEYS));
    target.filter(Target::isCluster).ifPresent(cluster -> keys.addAll(ReviewReader.KEYS));
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
    if (text.isEmpty() && target.filter(Target::isCluster).isPresent()) {
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
