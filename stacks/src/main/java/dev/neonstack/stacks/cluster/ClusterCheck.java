package dev.neonstack.stacks.cluster;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.pulumi.exceptions.RunException;
import dev.neonstack.kube.Cluster;
import dev.neonstack.kube.ClusterException;
import dev.neonstack.kube.ClusterException.Kind;
import dev.neonstack.kube.ClusterSettings;
import dev.neonstack.stacks.config.corp.CorpConfig;
import dev.neonstack.stacks.config.reading.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Looks before anything is declared whether the cluster has what the configuration takes for
 * granted: Secrets with their entries, storage classes, kinds of operators, failure domains, the
 * namespaces it names; and whether what is there already can become what it declares: volumes keep
 * their size and class, fields belong to whom set them. What the user may not see is left out with
 * a warning.
 */
public final class ClusterCheck {
  private static final int MAJOR = 1;
  private static final int OLDEST_MINOR = 28;

  /** Each has a connection of its own, whose handshake costs more than a few answers. */
  private static final int THREADS = 2;

  private final CorpConfig config;
  private final Map<String, String> environment;
  private final Consumer<String> warnings;
  private final Kubectl kubectl;

  /**
   * Looks at nothing yet.
   *
   * @param environment for the kubeconfig and the programs it names
   * @param warnings where it says what was left out
   */
  public ClusterCheck(
      CorpConfig config, Map<String, String> environment, Consumer<String> warnings) {
    this.config = requireNonNull(config, "config is null");
    this.environment = Map.copyOf(environment);
    this.warnings = requireNonNull(warnings, "warnings is null");
    this.kubectl = new Kubectl(config.cluster(), config.neon().namespace().name());
  }

  /**
   * Asks the cluster, unless the configuration says not to.
   *
   * @throws RunException naming everything that is wrong, or why the cluster could not be asked
   */
  public void run() {
    if (!config.cluster().checks()) {
      return;
    }
    var problems = new Problems();
    try {
      problems(cluster()).forEach(problems::add);
    } catch (ClusterException e) {
      if (e.kind() != Kind.CONFIG) {
        throw new RunException(
            e.getMessage()
                + ". Nothing was changed. To go on without a look at the cluster, set cluster.checks to false",
            e);
      }
      problems.add("cluster: " + e.getMessage() + ".");
    }
    problems.throwIfAny();
  }

  private Cluster cluster() {
    var cluster = config.cluster();
    return Cluster.of(
        new ClusterSettings(Optional.of(cluster.kubeconfig()), Optional.of(cluster.context())),
        environment);
  }

  private List<String> problems(Cluster cluster) {
    // Asked alone: a cluster that is away is told of once, and the others find a connection open.
    var problems = new ArrayList<>(version(cluster));
    var forbidden = new TreeSet<String>();
    for (var answer : answers(cluster)) {
      answer.failure().ifPresent(failure -> forbidden.add(forbidden(answer, failure)));
      problems.addAll(answer.problems());
    }
    if (!forbidden.isEmpty()) {
      warnings.accept(
          "the user of context '%s' may not %s, so that what the configuration takes for granted there was not looked at"
              .formatted(config.cluster().context(), String.join(", ", forbidden)));
    }
    return problems;
  }

  private static String forbidden(Answer answer, ClusterException failure) {
    if (failure.kind() != Kind.FORBIDDEN) {
      throw failure;
    }
    return answer.question().right();
  }

  private List<String> version(Cluster cluster) {
    var version = cluster.find("/version").orElseGet(JsonNodeFactory.instance::objectNode);
    var major = number(version, "major");
    var minor = number(version, "minor");
    return major > MAJOR || (major == MAJOR && minor >= OLDEST_MINOR)
        ? List.of()
        : List.of(
            "cluster.context is '%s', which runs Kubernetes %d.%d; expected %d.%d or newer. Update that cluster, or name another."
                .formatted(config.cluster().context(), major, minor, MAJOR, OLDEST_MINOR));
  }

  /** Some clusters answer {@code 33+}. */
  private static int number(JsonNode version, String name) {
    var digits = version.path(name).asText().replaceFirst("\\D.*", "");
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private List<Answer> answers(Cluster cluster) {
    var threads = Executors.newFixedThreadPool(THREADS);
    try {
      var asked =
          Stream.of(
                  new NamedSecrets(config, kubectl).questions(),
                  new NamedKinds(config, kubectl).questions(),
                  new FailureDomains(config, kubectl).questions(),
                  new NamedNamespaces(config, kubectl).questions(),
                  new ExistingVolumes(config, kubectl).questions(),
                  new ForeignFields(config, kubectl).questions())
              .flatMap(questions -> questions)
              .map(one -> CompletableFuture.supplyAsync(() -> Answer.of(one, cluster), threads))
              .toList();
      return asked.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }

  private record Answer(
      Question question, List<String> problems, Optional<ClusterException> failure) {
    private static Answer of(Question question, Cluster cluster) {
      try {
        return new Answer(question, question.problems().apply(cluster), Optional.empty());
      } catch (ClusterException e) {
        return new Answer(question, List.of(), Optional.of(e));
      }
    }
  }
}
