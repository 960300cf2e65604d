package dev.neonstack.stacks.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.neonstack.components.neon.kube.Placement;
import dev.neonstack.components.neon.kube.Placement.Toleration;
import dev.neonstack.kube.Cluster;
import dev.neonstack.stacks.config.corp.CorpConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Whether there is a failure domain for each server of a kind, among the nodes where the storage
 * may run. A node that is cordoned or not ready counts: it comes back, and until then branches can
 * still be declared.
 */
final class FailureDomains {
  /** Taints that Kubernetes sets and takes away by itself. */
  private static final String PASSING = "node.kubernetes.io/";

  private static final Set<String> SHUT = Set.of("NoSchedule", "NoExecute");

  private final CorpConfig config;
  private final Kubectl kubectl;

  FailureDomains(CorpConfig config, Kubectl kubectl) {
    this.config = config;
    this.kubectl = kubectl;
  }

  Stream<Question> questions() {
    return Stream.of(new Question("list nodes", this::problems));
  }

  private List<String> problems(Cluster cluster) {
    var domains = domains(cluster);
    var storage = config.neon().storage();
    var problems = new ArrayList<String>();
    check("storage.safekeepers.replicas", storage.safekeepers().replicas(), domains, problems);
    check("storage.pageservers.replicas", storage.pageservers().replicas(), domains, problems);
    storage
        .controller()
        .database()
        .inside()
        .ifPresent(
            inside ->
                check(
                    "storage.controller.database.instances",
                    inside.instances(),
                    domains,
                    problems));
    return problems;
  }

  private void check(String key, int servers, Set<String> domains, List<String> problems) {
    if (servers <= domains.size()) {
      return;
    }
    var label = config.neon().domainLabel();
    problems.add(
        "%s is '%d'; expected no more than %d, as nodes where the storage may run have the values %s of label %s. See: %s"
            .formatted(
                key,
                servers,
                domains.size(),
                domains.isEmpty() ? "(none)" : String.join(", ", domains),
                label,
                kubectl.line("get nodes -L " + label)));
  }

  private Set<String> domains(Cluster cluster) {
    var placement = config.neon().storage().safekeepers().pods().placement();
    var domains = new TreeSet<String>();
    for (var node : cluster.list("/api/v1/nodes", placement.nodeSelector())) {
      var domain = node.path("metadata").path("labels").path(config.neon().domainLabel());
      if (domain.isTextual() && isOpen(node, placement)) {
        domains.add(domain.asText());
      }
    }
    return domains;
  }

  private static boolean isOpen(JsonNode node, Placement placement) {
    return StreamSupport.stream(node.path("spec").path("taints").spliterator(), false)
        .filter(taint -> SHUT.contains(taint.path("effect").asText()))
        .filter(taint -> !taint.path("key").asText().startsWith(PASSING))
        .allMatch(
            taint -> placement.tolerations().stream().anyMatch(one -> isTolerated(taint, one)));
  }

  private static boolean isTolerated(JsonNode taint, Toleration toleration) {
    return taint.path("key").asText().equals(toleration.key())
        && taint.path("effect").asText().equals(toleration.effect())
        && toleration
            .value()
            .filter(value -> !taint.path("value").asText().equals(value))
            .isEmpty();
  }
}
